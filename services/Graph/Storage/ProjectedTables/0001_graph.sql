-- Projected from the topic graph.
create table follow_edge (
    follower_id    uuid    not null,
    followee_id    uuid    not null,
    following      boolean not null,
    -- UUIDv7 of this following: listings run by it, newest first.
    follow_id      uuid    not null,
    entity_version bigint  not null,
    primary key (follower_id, followee_id)
);

-- ListFollowers.
create index follow_edge_followee on follow_edge (followee_id, follow_id desc) include (follower_id) where following;

-- ListFollowees.
create index follow_edge_follower on follow_edge (follower_id, follow_id desc) include (followee_id) where following;

create table relation_count (
    user_id        uuid primary key,
    follower_count bigint not null,
    followee_count bigint not null
);
