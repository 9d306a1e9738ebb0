-- What begins workflows beside events: moments of records, schedules, calls from outside. And their drafts.

-- As somebody left it, unfinished or not; publishing makes it the definition.
create table workflow_drafts (
  tenant_id uuid not null,
  workflow_id uuid not null,
  definition jsonb not null,
  -- Counts with each saving.
  version int not null default 1,
  -- The version of the workflow that it was begun on.
  based_on int not null,
  saved_at timestamptz not null default now(),
  saved_by uuid,
  primary key (tenant_id, workflow_id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);

-- One row for each workflow that goes by the clock. A schedule: when it is due. One by moments of records: a row that is
-- due has timers to be filled in, from the record after `filled_to` on; with `next_at` null all are there.
create table workflow_clocks (
  tenant_id uuid not null,
  workflow_id uuid not null,
  next_at timestamptz,
  filled_to uuid,
  -- Whether a schedule's time has been worked out since its definition was written.
  is_set boolean not null default false,
  primary key (tenant_id, workflow_id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
create index workflow_clocks_next on workflow_clocks (next_at) include (tenant_id) where next_at is not null;

-- When a workflow is to run for a record. It goes with the insert of the run, in one transaction.
create table workflow_timers (
  tenant_id uuid not null,
  workflow_id uuid not null,
  record_id uuid not null,
  fires_at timestamptz not null,
  primary key (tenant_id, workflow_id, record_id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade,
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);
create index workflow_timers_record on workflow_timers (tenant_id, record_id);
create index workflow_timers_due on workflow_timers (tenant_id, fires_at);
-- Of all tenants, for whoever looks whose turn it is.
create index workflow_timers_next on workflow_timers (fires_at) include (tenant_id);

-- The address by which a workflow is called from outside. Of its secret only a hash is kept.
create table workflow_hooks (
  tenant_id uuid not null,
  workflow_id uuid not null,
  secret_hash bytea not null,
  -- Its last characters, by which people tell addresses apart.
  ending text not null,
  made_at timestamptz not null default now(),
  called_at timestamptz,
  -- Calls within the minute that began at `counted_since`.
  calls int not null default 0,
  counted_since timestamptz not null default now(),
  primary key (tenant_id, workflow_id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
create unique index workflow_hooks_secret on workflow_hooks (secret_hash);

do $$
declare
  name text;
begin
  foreach name in array array['workflow_drafts', 'workflow_clocks', 'workflow_timers', 'workflow_hooks'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- Whoever writes a workflow, a template, a page or the undoing of a version: its clock begins anew, or ends with it.
create function follow_workflow_clock() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and new.enabled = old.enabled and new.definition -> 'trigger' is not distinct from old.definition -> 'trigger' then
    return null;
  end if;
  delete from workflow_timers where tenant_id = new.tenant_id and workflow_id = new.id;
  if new.enabled and new.definition -> 'trigger' ->> 'type' in ('date_relative', 'schedule') then
    insert into workflow_clocks (tenant_id, workflow_id, next_at) values (new.tenant_id, new.id, now())
    on conflict (tenant_id, workflow_id) do update set next_at = excluded.next_at, filled_to = null, is_set = false;
  else
    delete from workflow_clocks where tenant_id = new.tenant_id and workflow_id = new.id;
  end if;
  return null;
end $$;
create trigger workflows_clock after insert or update on workflows for each row execute function follow_workflow_clock();

-- All tenants at once: these functions are the only ways past row-level security here. The one says nothing but whose
-- turn it is, the other where a secret leads to.
create function tenants_with_due_workflows(until timestamptz) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select tenant_id from workflow_clocks where next_at <= until
  union
  select tenant_id from workflow_timers where fires_at <= until
$$;
create function find_workflow_hook(wanted bytea) returns table (tenant_id uuid, workflow_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select h.tenant_id, h.workflow_id from workflow_hooks h where h.secret_hash = wanted
$$;
revoke execute on function tenants_with_due_workflows(timestamptz), find_workflow_hook(bytea) from public;
grant execute on function tenants_with_due_workflows(timestamptz), find_workflow_hook(bytea) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the functions run.
do $$
declare
  name text;
begin
  foreach name in array array['workflow_clocks', 'workflow_timers', 'workflow_hooks'] loop
    execute format('create policy %I on %I for select to %I using (true)', name || '_for_owner', name, current_user);
  end loop;
end $$;
