-- Of the workspaces whose events are at hand, those in which they may begin or go on with something. Asked once for all of
-- them, so that one in which no workflow is on costs nothing more.
create index workflows_enabled on workflows (tenant_id) where enabled;

create function tenants_with_workflows(among uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select t.id from unnest(among) as t (id)
  where exists (select from workflows w where w.tenant_id = t.id and w.enabled)
    or exists (select from workflow_waits a where a.tenant_id = t.id)
$$;
create function tenants_with_workflow_timers(among uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select t.id from unnest(among) as t (id)
  where exists (select from workflow_clocks c join workflows w on w.tenant_id = c.tenant_id and w.id = c.workflow_id
    where c.tenant_id = t.id and w.definition -> 'trigger' ->> 'type' = 'date_relative')
$$;
revoke execute on function tenants_with_workflows(uuid[]), tenants_with_workflow_timers(uuid[]) from public;
grant execute on function tenants_with_workflows(uuid[]), tenants_with_workflow_timers(uuid[]) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the functions run.
do $$
declare
  name text;
begin
  foreach name in array array['workflows', 'workflow_waits'] loop
    execute format('create policy %I on %I for select to %I using (true)', name || '_for_owner', name, current_user);
  end loop;
end $$;
