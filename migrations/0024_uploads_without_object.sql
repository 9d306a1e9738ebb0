-- A file may be uploaded to become an object of its own: until then it belongs to none.
alter table uploads alter column object_id drop not null;
