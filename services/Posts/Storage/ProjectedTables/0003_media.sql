-- What a post shows, as JSON; empty for nothing.
alter table post_view add column media text not null default '';
