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

-- Query side: projected from the topic users.
create table user_view (
    id             uuid primary key,
    handle         text        not null,
    display_name   text        not null,
    bio            text        not null,
    create_time    timestamptz not null,
    update_time    timestamptz not null,
    entity_version bigint      not null
);

-- GetUser by handle. Not unique: two events' order is the log's business, not this table's.
create index user_view_handle on user_view (handle);
