-- Counts of what a person or their team owns: all that the count asks for stands in the index, so that it reads no rows.
-- Records in the trash are listed by when they went there.
drop index records_owner;
create index records_owner on records (object_id, owner_id, created_at, id) include (tenant_id)
  where owner_id is not null and deleted_at is null;
