-- Command side: what was decided. A deleted medium stays as a tombstone, so that its version goes on.
create table media (
    id             uuid primary key,
    owner_id       uuid     not null,
    -- As in media/v1/media.proto.
    type           smallint not null,
    duration_ms    bigint   not null,
    blurhash       text     not null,
    -- JSON; empty of a tombstone.
    variants       text     not null,
    deleted        boolean  not null default false,
    entity_version bigint   not null default 1
);

-- Erasing a user.
create index media_owner on media (owner_id) where not deleted;

create table upload (
    id           uuid primary key,
    owner_id     uuid        not null,
    size         bigint      not null,
    content_type text        not null,
    -- How many bytes are there, on disk before this says so.
    received     bigint      not null default 0,
    -- Null while it is under way.
    media_id     uuid,
    -- Until then one call has it for itself, to finish it.
    busy_until   timestamptz,
    expire_time  timestamptz not null
);

-- The quota counts what a user has under way.
create index upload_owner on upload (owner_id);

-- The collector takes the oldest first.
create index upload_expire_time on upload (expire_time);

-- Every blob that is in the store, or that somebody is about to put there. Its row is the lock under which bytes are
-- removed. How many need it is not written down: the rows of the two tables below say so.
create table blob (
    hash text primary key,
    size bigint not null
);

-- The variants of live media.
create table blob_use (
    media_id uuid     not null,
    variant  smallint not null,
    hash     text     not null,
    primary key (media_id, variant)
);

-- Whether anybody needs a blob; and which media an original is of, for URLs.
create index blob_use_hash on blob_use (hash);

-- Uploads that are about to be media with these blobs.
create table blob_hold (
    upload_id uuid not null references upload (id) on delete cascade,
    hash      text not null,
    primary key (upload_id, hash)
);

create index blob_hold_hash on blob_hold (hash);
