-- Projected from the topic graph: who blocks whom. Which posts of an author a viewer does not see: those of users who block the
-- viewer or whom the viewer blocks.
create table block_edge (
    blocker_id     uuid    not null,
    blocked_id     uuid    not null,
    blocking       boolean not null,
    entity_version bigint  not null,
    primary key (blocker_id, blocked_id)
);
