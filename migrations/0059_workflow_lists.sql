-- Lists and counts of runs, however many there are: by state, and by the record that they were about.
create index workflow_runs_open on workflow_runs (tenant_id, workflow_id, state, number)
  where state in ('ready', 'waiting', 'failed');
create index workflow_runs_record on workflow_runs (tenant_id, record_id, number) where record_id is not null;
-- What has ended long ago is forgotten.
create index workflow_runs_ended on workflow_runs (ended_at) include (tenant_id) where ended_at is not null;

-- Forgets runs of all tenants that ended before a moment, so many at a time, and none of the last week; says how many.
create function forget_workflow_runs(before timestamptz, most int) returns int
  language sql security definer set search_path = public, pg_temp as $$
  with old as (
    select r.tenant_id, r.id from workflow_runs r where r.ended_at < least(before, now() - interval '7 days') order by r.ended_at limit most
    for update skip locked
  ), gone as (
    delete from workflow_runs r using old where r.tenant_id = old.tenant_id and r.id = old.id returning 1
  )
  select count(*)::int from gone
$$;
revoke execute on function forget_workflow_runs(timestamptz, int) from public;
grant execute on function forget_workflow_runs(timestamptz, int) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the function runs.
do $$
begin
  execute format('create policy workflow_runs_forgotten on workflow_runs for delete to %I using (true)', current_user);
  execute format('create policy workflow_runs_taken on workflow_runs for update to %I using (true)', current_user);
end $$;
