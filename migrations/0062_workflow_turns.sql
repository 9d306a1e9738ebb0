-- What workflows find at once: the change that an event tells of, the latest runs, and whose turn it is.

-- The entry of the history that was written along with the event, where it is an update: one transaction may change a
-- record several times, all at the same moment.
alter table events add column entry_id uuid;

-- The runs of a workspace, the latest first.
create index workflow_runs_latest on workflow_runs (tenant_id, number desc);

-- What is due, whoever's it is.
create index workflow_runs_next on workflow_runs (wake_at) include (tenant_id) where wake_at is not null;

-- Each tenant that has runs to go on with by then, and since when; and one that has none yet, with when it will have, as it
-- is the next. Where little is due it is read; where much is, it jumps from tenant to tenant, however many runs each of
-- them has. A workspace that is stopped has no turn; what it has waits until it is resumed.
drop function workflow_turns();
create function workflow_turns(until timestamptz) returns table (tenant_id uuid, wake_at timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if (select count(*) from (select from workflow_runs r where r.wake_at <= until limit 1001) due) <= 1000 then
    return query select r.tenant_id, min(r.wake_at) from workflow_runs r join tenants w on w.id = r.tenant_id
      where r.wake_at <= until and w.suspended_at is null group by r.tenant_id;
  else
    return query with recursive turns as (
      (select r.tenant_id, r.wake_at from workflow_runs r where r.wake_at is not null
        order by r.tenant_id, r.wake_at, r.number limit 1)
      union all
      select n.tenant_id, n.wake_at from turns t cross join lateral (
        select r.tenant_id, r.wake_at from workflow_runs r where r.wake_at is not null and r.tenant_id > t.tenant_id
        order by r.tenant_id, r.wake_at, r.number limit 1) n
    )
    select t.tenant_id, t.wake_at from turns t join tenants w on w.id = t.tenant_id
    where t.wake_at <= until and w.suspended_at is null;
  end if;
  return query select r.tenant_id, r.wake_at from workflow_runs r join tenants w on w.id = r.tenant_id
    where r.wake_at > until and w.suspended_at is null order by r.wake_at limit 1;
end $$;
revoke execute on function workflow_turns(timestamptz) from public;
grant execute on function workflow_turns(timestamptz) to oneforge_app;

-- Where the clocks go otherwise, schedules have another next time, and dates of records other moments. What is due already
-- stays due.
create function reset_workflow_clocks() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  update workflow_clocks c set next_at = now(), filled_to = null, is_set = false
  from workflows w
  where c.tenant_id = current_tenant() and w.tenant_id = c.tenant_id and w.id = c.workflow_id
    and (w.definition -> 'trigger' ->> 'type' = 'date_relative' or c.next_at > now());
  return null;
end $$;
create trigger tenants_clocks after update of time_zone on tenants for each row
  when (old.time_zone is distinct from new.time_zone) execute function reset_workflow_clocks();
create trigger locations_clocks after update of time_zone on locations for each row
  when (old.time_zone is distinct from new.time_zone) execute function reset_workflow_clocks();
