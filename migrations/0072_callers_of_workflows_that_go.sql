-- Whoever deletes a workflow, a page, the taking back of a version or a template: its runs go with it, and the steps of other runs
-- that wait for them have their answer and the reason, in the same transaction.
create function answer_workflow_callers() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  with called as (
    select r.id, r.parent_id, r.parent_path from workflow_runs r
    where r.tenant_id = old.tenant_id and r.workflow_id = old.id and r.state in ('ready', 'waiting') and r.parent_id is not null
    order by r.number for update
  ), callers as (
    select r.id from workflow_runs r
    where r.tenant_id = old.tenant_id and r.id in (select parent_id from called) and r.state in ('ready', 'waiting')
    order by r.number for update
  ), answered as (
    update workflow_steps s set state = 'done', wake_at = null, ended_at = now(), error = null,
      output = jsonb_build_object('run', c.id, 'state', 'stopped', 'reason', 'Its workflow was deleted.')
    from called c join callers w on w.id = c.parent_id
    where s.tenant_id = old.tenant_id and s.run_id = c.parent_id and s.path = c.parent_path and s.state = 'waiting'
    returning s.run_id
  )
  update workflow_runs r set wake_at = date_trunc('milliseconds', now())
  where r.tenant_id = old.tenant_id and r.state = 'waiting' and r.id in (select run_id from answered);
  return old;
end $$;
create trigger workflows_answered before delete on workflows for each row execute function answer_workflow_callers();
