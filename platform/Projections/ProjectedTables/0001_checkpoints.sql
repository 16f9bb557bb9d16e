-- Up to which version of each stream this service has applied events; moves in the transaction of their effects.
create table checkpoint (
    topic   text   not null,
    stream  uuid   not null,
    version bigint not null,
    primary key (topic, stream)
);

-- Streams that stopped at an event that keeps failing. Their later events wait in the log.
create table parked_stream (
    topic     text        not null,
    stream    uuid        not null,
    version   bigint      not null,
    event_id  uuid        not null,
    type      text        not null,
    reason    text        not null,
    park_time timestamptz not null,
    primary key (topic, stream)
);

-- The log that each topic's checkpoints speak of. Another one means that its owner was restored from a backup.
create table log_source (
    topic      text    primary key,
    log_id     uuid    not null,
    -- Up to where the log was compared with the checkpoints; a log whose head is below it has lost events.
    position   bigint  not null default 0,
    is_rewound boolean not null default false
);
