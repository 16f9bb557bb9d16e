-- An erased user stays as a row without a handle, so that its version goes on and the id is not free.
alter table user_account alter column handle drop not null;
