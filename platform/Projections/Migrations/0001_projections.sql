-- The versions of this service's projection. Each has a schema of its own, "<service>_v<version>", for the projected
-- tables and their checkpoints: a rebuild fills the next one while the active one answers.
create table projection_version (
    version     integer     primary key,
    -- building: filled from the logs; ready: fed like the active one; active: answers; dropping: about to go.
    state       text        not null check (state in ('building', 'ready', 'active', 'dropping')),
    create_time timestamptz not null
);

create unique index projection_version_active on projection_version (state) where state = 'active';

insert into projection_version (version, state, create_time) values (1, 'active', statement_timestamp());

-- Deliveries that could not be decoded. Dapr's dead-letter topic gets them too.
create table dead_letter (
    id           bigint      generated always as identity primary key,
    topic        text        not null,
    receive_time timestamptz not null,
    reason       text        not null,
    payload      bytea       not null
);
