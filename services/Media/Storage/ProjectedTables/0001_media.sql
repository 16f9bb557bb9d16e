-- Projected from the topic media.
create table media_view (
    media_id       uuid primary key,
    owner_id       uuid     not null,
    type           smallint not null,
    duration_ms    bigint   not null,
    blurhash       text     not null,
    variants       text     not null,
    deleted        boolean  not null,
    entity_version bigint   not null
);
