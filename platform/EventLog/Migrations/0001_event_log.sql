-- One row per actor and topic. A command locks it first; it gives the event's version and the time of new ids.
create table stream_head (
    topic      text   not null,
    stream     uuid   not null,
    version    bigint not null,
    last_id_ms bigint not null,
    primary key (topic, stream)
);

-- Events of committed commands that have no place in the log yet. Rows become visible out of the order of seq.
create table event_pending (
    seq            bigint generated always as identity primary key,
    event_id       uuid        not null,
    topic          text        not null,
    stream         uuid        not null,
    version        bigint      not null,
    entity_id      text        not null,
    entity_version bigint      not null,
    type           text        not null,
    schema_version integer     not null,
    occur_time     timestamptz not null,
    actor          uuid        not null,
    request_id     text        not null,
    traceparent    text        not null,
    after          text        not null,
    payload        text        not null
);

-- The log: positions 1, 2, 3 … without holes. Rows are never updated, save by an erase.
create table event_log (
    position       bigint primary key,
    event_id       uuid        not null,
    topic          text        not null,
    stream         uuid        not null,
    version        bigint      not null,
    entity_id      text        not null,
    entity_version bigint      not null,
    type           text        not null,
    schema_version integer     not null,
    occur_time     timestamptz not null,
    sequence_time  timestamptz not null,
    actor          uuid        not null,
    request_id     text        not null,
    traceparent    text        not null,
    after          text        not null,
    log_id         uuid        not null,
    payload        text        not null,
    erase_time     timestamptz,
    erase_actor    uuid,
    -- Repairs read one stream from a version on; it also proves that no version is there twice.
    unique (topic, stream, version)
);

-- One row: which log this is, and up to where the relay has published.
create table event_log_state (
    is_only            boolean primary key default true check (is_only),
    log_id             uuid   not null,
    published_position bigint not null
);

insert into event_log_state (log_id, published_position) values (gen_random_uuid(), 0);

-- Answers of mutations by their idempotency key.
create table request (
    scope       text        not null,
    rpc         text        not null,
    request_id  text        not null,
    body_hash   bytea       not null,
    -- Null only inside the command's own transaction.
    response    bytea,
    expire_time timestamptz not null,
    primary key (scope, rpc, request_id)
);

-- The clean-up deletes the oldest first.
create index request_expire_time on request (expire_time);
