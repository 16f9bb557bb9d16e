-- Projected from the topic posts: what each author wrote. A deleted post stays, so that nothing can bring it back.
create table author_timeline (
    post_id          uuid primary key,
    author_id        uuid     not null,
    parent_author_id uuid,
    visibility       smallint not null,
    deleted          boolean  not null,
    entity_version   bigint   not null
);

-- One author's posts, newest first: the author timeline, and one branch of composing a home timeline.
create index author_timeline_author on author_timeline (author_id, post_id desc)
    include (parent_author_id, visibility) where not deleted;

-- Streams that must be applied up to a version before a post that is not public is shown.
create table post_precondition (
    post_id uuid   not null,
    topic   text   not null,
    stream  uuid   not null,
    version bigint not null,
    primary key (post_id, topic, stream)
);

-- Projected from the topic graph: who follows whom.
create table follow_edge (
    follower_id    uuid    not null,
    followee_id    uuid    not null,
    following      boolean not null,
    entity_version bigint  not null,
    primary key (follower_id, followee_id)
);
