-- Command side: what was decided.
create table user_account (
    id             uuid primary key,
    -- Lower case; the constraint, not the code, decides who was first.
    handle         text        not null constraint user_account_handle unique,
    display_name   text        not null,
    bio            text        not null,
    create_time    timestamptz not null,
    update_time    timestamptz not null,
    entity_version bigint      not null
);
