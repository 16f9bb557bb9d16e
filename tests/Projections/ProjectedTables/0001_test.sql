create table counter (
    topic text not null, stream uuid not null, count bigint not null, version_sum bigint not null,
    primary key (topic, stream)
);

create table last_value (
    entity_id text primary key, version bigint not null, value text not null check (value <> 'refused')
);
