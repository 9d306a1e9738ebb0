-- How long a workspace keeps runs of workflows that have ended; without a row they are kept for 90 days.
create table workflow_retention (
  tenant_id uuid primary key references tenants (id) on delete cascade,
  keep_days int not null check (keep_days between 7 and 730),
  -- Of runs that failed: what went wrong is looked into later.
  keep_failed_days int not null check (keep_failed_days between keep_days and 730)
);
alter table workflow_retention enable row level security;
alter table workflow_retention force row level security;
create policy workflow_retention_of_tenant on workflow_retention
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on workflow_retention to oneforge_app;

-- Each workspace has its own moment before which runs are forgotten.
drop index workflow_runs_ended;
create index workflow_runs_ended on workflow_runs (tenant_id, (state = 'failed'), ended_at) where ended_at is not null;

-- Forgets runs of all tenants that ended longer ago than their workspace keeps them, so many at a time, those that ended first
-- of each workspace first; says how many.
drop function forget_workflow_runs(timestamptz, int);
create function forget_workflow_runs(most int) returns int
  language sql security definer set search_path = public, pg_temp as $$
  with kept as (
    select t.id as tenant_id, f.failed,
      now() - make_interval(days => coalesce(case when f.failed then k.keep_failed_days else k.keep_days end, 90)) as since
    from tenants t cross join (values (false), (true)) as f (failed)
      left join workflow_retention k on k.tenant_id = t.id
  ), old as (
    select r.tenant_id, r.id from kept cross join lateral (
      select o.tenant_id, o.id from workflow_runs o
      where o.tenant_id = kept.tenant_id and (o.state = 'failed') = kept.failed and o.ended_at < kept.since
      order by o.ended_at limit most for update skip locked) r
    limit most
  ), gone as (
    delete from workflow_runs r using old where r.tenant_id = old.tenant_id and r.id = old.id returning 1
  )
  select count(*)::int from gone
$$;
revoke execute on function forget_workflow_runs(int) from public;
grant execute on function forget_workflow_runs(int) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the function runs.
do $$
begin
  execute format('create policy workflow_retention_for_owner on workflow_retention for select to %I using (true)', current_user);
end $$;
