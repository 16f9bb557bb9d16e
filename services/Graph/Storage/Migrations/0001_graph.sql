-- Command side: what was decided. An ended following stays as a row, so that its version goes on.
create table follow (
    follower_id    uuid    not null,
    followee_id    uuid    not null,
    following      boolean not null,
    follow_id      uuid    not null,
    entity_version bigint  not null,
    primary key (follower_id, followee_id)
);

-- Who can be followed: noted from the topic users by whoever consumes it. Not with the projected tables, because
-- commands read it; it only grows, so that all versions of the projection may write it.
create table known_user (
    user_id uuid primary key
);
