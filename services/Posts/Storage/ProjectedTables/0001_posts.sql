-- Projected from the topics posts and reactions.
create table post_view (
    post_id          uuid primary key,
    author_id        uuid     not null,
    text             text     not null,
    reply_to         uuid,
    parent_author_id uuid,
    root_id          uuid,
    language         text     not null,
    visibility       smallint not null,
    deleted          boolean  not null,
    -- Consistency token that must be covered before a post that is not public is shown.
    after            text     not null,
    entity_version   bigint   not null
);

-- Lists the replies to a post, newest first.
create index post_view_reply on post_view (reply_to, post_id desc) where reply_to is not null and not deleted;

-- Apart from the view, because a like can be applied before the post that it likes.
create table post_count (
    post_id     uuid primary key,
    like_count  bigint not null,
    reply_count bigint not null
);

create table post_reaction (
    user_id        uuid    not null,
    post_id        uuid    not null,
    liked          boolean not null,
    entity_version bigint  not null,
    primary key (user_id, post_id)
);
