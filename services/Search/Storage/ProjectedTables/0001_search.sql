-- Similarity of words. In the schema public, because an extension is there once in a database while versions of this
-- projection come and go; whoever may create in the database may create this one (it is trusted).
create extension if not exists pg_trgm with schema public;

do $$
begin
    if not exists (
        select from pg_extension where extname = 'pg_trgm' and extnamespace = 'public'::regnamespace) then
        raise exception 'pg_trgm is not in the schema public: alter extension pg_trgm set schema public';
    end if;
end
$$;

-- Projected from the topic posts. A deleted post stays as a stub, so that nothing can bring it back.
create table post_document (
    post_id          uuid primary key,
    author_id        uuid     not null,
    parent_author_id uuid,
    visibility       smallint not null,
    language         text     not null,
    text             text     not null,
    has_media        boolean  not null,
    deleted          boolean  not null,
    entity_version   bigint   not null,
    -- The words of the text as Search cuts them (services/Search/Text), each as it is written, folded, and as
    -- "language/stem"; hashtags with their #. Null for a stub.
    terms            tsvector
);

-- What has these words.
create index post_document_terms on post_document using gin (terms);

-- from: with a frequent word.
create index post_document_author on post_document (author_id, post_id desc) where not deleted;

-- Words of public posts, and how many of those have each: what a misspelt word may have meant.
create table search_word (
    word       text collate "C" primary key,
    post_count bigint not null
);

create index search_word_similar on search_word using gin (word public.gin_trgm_ops);

-- Projected from the topic users. An erased user stays as a stub.
create table user_document (
    id             uuid primary key,
    handle         text collate "C" not null,
    display_name   text    not null,
    bio            text    not null,
    deleted        boolean not null,
    entity_version bigint  not null,
    -- Words of handle (A), name (B) and bio (C). Null for a stub.
    terms          tsvector
);

-- A handle, and the beginning of one.
create index user_document_handle on user_document (handle) where not deleted;

create index user_document_terms on user_document using gin (terms);

-- Projected from the topic graph: whose posts for followers a search may come upon.
create table follow_edge (
    follower_id    uuid    not null,
    followee_id    uuid    not null,
    following      boolean not null,
    entity_version bigint  not null,
    primary key (follower_id, followee_id)
);
