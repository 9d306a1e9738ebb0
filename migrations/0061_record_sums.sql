-- Around which records something has changed, so that whoever has added an object up before adds up anew only what lies
-- there. Rows are only ever added, so that nobody who writes waits for anybody.

create table record_changes (
  tenant_id uuid not null,
  object_id uuid not null,
  -- Of the change: whoever knows a snapshot finds what has been committed since, however long it took.
  xid xid8 not null default pg_current_xact_id(),
  -- When the records were created, which never changes.
  created_minute timestamptz not null,
  noted_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, object_id, xid, created_minute)
);
alter table record_changes enable row level security;
alter table record_changes force row level security;
create policy record_changes_of_tenant on record_changes
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on record_changes to oneforge_app;

create function note_record_changes() returns trigger language plpgsql as $$
begin
  insert into record_changes (tenant_id, object_id, created_minute)
  select distinct c.tenant_id, c.object_id, date_trunc('minute', c.created_at) from changed c
  on conflict do nothing;
  return null;
end $$;
create trigger records_made after insert on records referencing new table as changed
  for each statement execute function note_record_changes();
create trigger records_changed after update on records referencing new table as changed
  for each statement execute function note_record_changes();
create trigger records_gone after delete on records referencing old table as changed
  for each statement execute function note_record_changes();

-- All tenants at once: this function is the only way past row-level security here, and deletes old notes alone. Sums are kept
-- for six hours at the most.
create function prune_record_changes() returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  deleted bigint;
begin
  delete from record_changes where noted_at < now() - interval '1 day';
  get diagnostics deleted = row_count;
  return deleted;
end $$;
revoke execute on function prune_record_changes() from public;
grant execute on function prune_record_changes() to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the function runs.
do $$ begin
  execute format('create policy record_changes_for_owner on record_changes to %I using (true) with check (true)', current_user);
end $$;
