-- When the actor was erased; commands of an erased actor are refused. In every topic that the actor had a stream in, or
-- could have one.
alter table stream_head add column erase_time timestamptz;
