-- Files that fields of records hold. One is uploaded for a field first, and belongs to a record once a value names it.

alter table record_files
  alter column record_id drop not null,
  add column field_id uuid,
  add foreign key (tenant_id, field_id) references fields (tenant_id, id) on delete cascade,
  add constraint record_files_placed check (record_id is not null or field_id is not null);
create index record_files_unplaced on record_files (tenant_id, created_at) where record_id is null;
