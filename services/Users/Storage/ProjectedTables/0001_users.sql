-- Projected from the topic users.
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
