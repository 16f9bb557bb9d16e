-- What a post shows, as JSON; empty for nothing.
alter table post add column media text not null default '';

-- What can be attached: noted from the topic media by whoever consumes it. Not with the projected tables, because
-- commands read it; the greater version stays, so that all versions of the projection may write it.
create table known_media (
    media_id       uuid primary key,
    owner_id       uuid     not null,
    -- As in media/v1/media.proto; 0 of one that was never known but deleted.
    type           smallint not null,
    deleted        boolean  not null,
    entity_version bigint   not null
);
