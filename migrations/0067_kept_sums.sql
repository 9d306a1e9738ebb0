-- Sums of large objects as one process has kept them, for processes that start later. They can be made anew from the records
-- at any time, so they do without the journal: after a crash of the database there are none.

create unlogged table kept_sums (
  tenant_id uuid not null,
  object_id uuid not null,
  -- What they are the sums of: a hash over text and values of the statement.
  name text not null,
  -- The numbers of transactions in a snapshot mean nothing in another cluster, which a dump may be read into.
  cluster text not null,
  snapshot text not null,
  -- Milliseconds since 1970 at which a stretch ends and the next begins.
  bounds jsonb not null,
  -- How many records the last stretch has.
  latest bigint not null,
  -- A line for each stretch: its cells, as JSON without the outer brackets.
  parts text not null,
  saved_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, object_id, name)
);
-- Read and written as a whole, and gone within days: to press it together costs more than the room.
alter table kept_sums alter column parts set storage external;
alter table kept_sums enable row level security;
alter table kept_sums force row level security;
create policy kept_sums_of_tenant on kept_sums
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on kept_sums to oneforge_app;

-- A record that is gone for good is not to be found in sums either. Those that somebody else is at are left to them.
create function forget_kept_sums() returns trigger language plpgsql as $$
begin
  delete from kept_sums where (tenant_id, object_id, name) in (
    select k.tenant_id, k.object_id, k.name from kept_sums k
    where (k.tenant_id, k.object_id) in (select distinct c.tenant_id, c.object_id from changed c)
    for update skip locked);
  return null;
end $$;
create trigger records_forgotten after delete on records referencing old table as changed
  for each statement execute function forget_kept_sums();

-- Sums are of use for a week after they were put by: until then every note of a change since is there.
create or replace function prune_record_changes() returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  deleted bigint;
begin
  delete from kept_sums where saved_at < now() - interval '7 days';
  delete from record_changes where noted_at < now() - interval '8 days';
  get diagnostics deleted = row_count;
  return deleted;
end $$;

-- Forced row-level security holds for the owner too, as whom the function runs.
do $$ begin
  execute format('create policy kept_sums_for_owner on kept_sums to %I using (true) with check (true)', current_user);
end $$;
