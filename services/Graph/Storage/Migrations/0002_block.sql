-- Command side: who decided to block whom. An ended block stays as a row, so that its version goes on.
create table user_block (
    blocker_id     uuid    not null,
    blocked_id     uuid    not null,
    blocking       boolean not null,
    block_id       uuid    not null,
    entity_version bigint  not null,
    primary key (blocker_id, blocked_id)
);

-- Erasing a user ends the blocks by others.
create index user_block_blocked on user_block (blocked_id) where blocking;
