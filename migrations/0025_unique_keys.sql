-- Where the values of a unique key stand while that is not under the key's own id, and the job that takes those of the
-- records which were there before the key. A key without a row is complete.

create table unique_keys (
  tenant_id uuid not null,
  object_id uuid not null,
  -- The unique field, or the key of several fields, which has no row of its own.
  key_id uuid not null,
  -- Stands as `field_id` in unique_values: what is left there of an earlier time of the key is not in the way.
  values_id uuid not null,
  -- Null once all records have been looked at.
  job_id uuid,
  primary key (tenant_id, key_id),
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade
);

alter table unique_keys enable row level security;
alter table unique_keys force row level security;
create policy unique_keys_of_tenant on unique_keys
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on unique_keys to oneforge_app;
