-- Projected from the topic graph.
create table block_edge (
    blocker_id     uuid    not null,
    blocked_id     uuid    not null,
    blocking       boolean not null,
    -- UUIDv7 of this block: ListBlocks runs by it, newest first.
    block_id       uuid    not null,
    entity_version bigint  not null,
    primary key (blocker_id, blocked_id)
);

-- ListBlocks.
create index block_edge_blocker on block_edge (blocker_id, block_id desc) include (blocked_id) where blocking;
