-- Command side: what was decided. A deleted post stays as a tombstone, so that its version goes on.
-- No foreign key from a reply to its parent: the check would lock a hot post's row in every reply.
create table post (
    id               uuid primary key,
    author_id        uuid     not null,
    text             text     not null,
    reply_to         uuid,
    parent_author_id uuid,
    root_id          uuid,
    language         text     not null,
    -- As in posts/v1/post.proto: 1 public, 2 followers.
    visibility       smallint not null check (visibility in (1, 2)),
    deleted          boolean  not null default false,
    entity_version   bigint   not null default 1
);

create table reaction (
    user_id        uuid    not null,
    post_id        uuid    not null,
    liked          boolean not null,
    entity_version bigint  not null,
    primary key (user_id, post_id)
);
