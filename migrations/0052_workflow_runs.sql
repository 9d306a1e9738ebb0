-- Workflows that run (packages/modules/workflows): their versions, their runs, and the ledger of what each run has done.

-- What made a workflow's run write an event: {run, workflow, depth, chain}. The run says it once in its transaction.
alter table events add column cause jsonb default nullif(current_setting('oneforge.cause', true), '')::jsonb;

-- Those that are there already have never run: nobody expects a thousand mails of an upgrade, so somebody turns them on.
alter table workflows
  add column version int not null default 1,
  add column enabled boolean not null default false,
  add column owner_id uuid,
  add column folder text;
alter table workflows alter column enabled set default true;

-- Whether it is on, whose it is and where it stands is no version of the workspace.
create or replace function metadata_state(kind text, definition jsonb) returns jsonb language sql immutable
  set search_path = public, pg_temp as $$
  select case
    when definition is null or (kind = 'view' and definition ->> 'owner_id' is not null) then null
    when kind = 'workspace' then jsonb_build_object('template_slug', definition -> 'template_slug',
      'template_version', definition -> 'template_version', 'currency', definition -> 'currency')
      || case when definition ->> 'navigation' is null then '{}'
           else jsonb_build_object('navigation', definition -> 'navigation') end
    when kind in ('object', 'field') then known || jsonb_build_object('retired', definition ->> 'retired_at' is not null)
    when kind = 'workflow' then known - array['version', 'enabled', 'folder']
    else known
  end
  from (select definition - array['tenant_id', 'id', 'owner_id', 'created_at', 'updated_at', 'retired_at', 'derive_job', 'moving',
    'changed_in'] - case when definition ->> 'layout' is null then 'layout' else '' end) as row_of (known)
$$;

-- A run ends by the definition that it began with.
create table workflow_versions (
  tenant_id uuid not null,
  workflow_id uuid not null,
  version int not null,
  definition jsonb not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (tenant_id, workflow_id, version),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);

create table workflow_runs (
  tenant_id uuid not null,
  id uuid not null,
  -- The order of their making: runs of one workflow on one record are begun in it.
  number bigint generated always as identity,
  workflow_id uuid not null,
  version int not null,
  object_id uuid,
  record_id uuid,
  -- {event} | {timer} | {schedule} | {button, user} | {parent, path} … and the key under which it makes one run only.
  cause jsonb not null default '{}',
  cause_key text not null,
  -- What its steps see as `trigger`.
  trigger jsonb not null default '{}',
  -- ready: to be begun, or begun anew after a failure; waiting: for a time, an event, a person, an answer.
  state text not null default 'ready' check (state in ('ready', 'waiting', 'done', 'failed', 'stopped')),
  -- When it is to be gone on with; null where it has ended, or waits for something that has no time.
  wake_at timestamptz default now(),
  attempt int not null default 0,
  -- How often it was begun again on purpose: the keys of its effects are others then.
  replays int not null default 0,
  -- {path, message}
  error jsonb,
  depth int not null default 0,
  -- Workflows and records that led here, the first one first.
  chain text[] not null default '{}',
  parent_id uuid,
  parent_path text,
  started_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, workflow_id, cause_key),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
-- Whose turn it is, tenant by tenant.
create index workflow_runs_due on workflow_runs (tenant_id, wake_at, number) where wake_at is not null;
-- Whether an earlier run on the record has yet to be gone on with.
create index workflow_runs_order on workflow_runs (tenant_id, workflow_id, record_id, number)
  where state = 'ready' and record_id is not null;
create index workflow_runs_listed on workflow_runs (tenant_id, workflow_id, number desc);

-- The ledger: what a run has done, written in the transaction that did it. `path` is the step's id, within loops
-- `loop[3]/step`. The state of a run is its ledger: it is walked again from the top, and what stands here is not done again.
create table workflow_steps (
  tenant_id uuid not null,
  run_id uuid not null,
  path text not null,
  number bigint generated always as identity,
  -- sent: something outside has been asked and has not answered yet
  state text not null check (state in ('done', 'waiting', 'sent', 'failed')),
  attempt int not null default 1,
  -- Of those that wait: until when; of those that are sent: when they are asked again.
  wake_at timestamptz,
  input jsonb,
  output jsonb,
  error text,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (tenant_id, run_id, path),
  foreign key (tenant_id, run_id) references workflow_runs (tenant_id, id) on delete cascade
);

-- Runs that wait for something to happen to a record.
create table workflow_waits (
  tenant_id uuid not null,
  run_id uuid not null,
  path text not null,
  record_id uuid not null,
  -- {event, field, to, relation}
  awaited jsonb not null,
  -- Only what was not to be seen by then counts, and nothing that the same transaction wrote.
  since pg_snapshot not null default pg_current_snapshot(),
  xid xid8 not null default pg_current_xact_id(),
  primary key (tenant_id, run_id, path),
  foreign key (tenant_id, run_id) references workflow_runs (tenant_id, id) on delete cascade
);
create index workflow_waits_record on workflow_waits (tenant_id, record_id);

create table workflow_approvals (
  tenant_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  path text not null,
  -- Who may decide: [{user} | {role}], those that it was passed on to included.
  asked jsonb not null,
  message text not null,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  note text,
  escalated_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, run_id) references workflow_runs (tenant_id, id) on delete cascade
);
create index workflow_approvals_open on workflow_approvals (tenant_id, created_at) where state = 'open';
create index workflow_approvals_run on workflow_approvals (tenant_id, run_id);

-- What the workflows of a tenant did in an hour.
create table workflow_usage (
  tenant_id uuid not null references tenants (id) on delete cascade,
  hour timestamptz not null,
  steps bigint not null default 0,
  -- When the administrators were told that no more is done in this hour.
  told_at timestamptz,
  primary key (tenant_id, hour)
);

do $$
declare
  name text;
begin
  foreach name in array array['workflow_versions', 'workflow_runs', 'workflow_steps', 'workflow_waits',
    'workflow_approvals', 'workflow_usage'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- Whoever writes a definition (the page, a template, the taking back of a change) writes a version.
create function count_workflow_version() returns trigger language plpgsql as $$
begin
  if new.definition is distinct from old.definition then
    select coalesce(max(version), old.version) + 1 into new.version from public.workflow_versions
    where tenant_id = new.tenant_id and workflow_id = new.id;
  end if;
  return new;
end $$;
create trigger workflows_counted before update of definition on workflows
  for each row execute function count_workflow_version();

create function keep_workflow_version() returns trigger language plpgsql as $$
declare
  author jsonb := nullif(current_setting('oneforge.author', true), '')::jsonb;
begin
  insert into public.workflow_versions (tenant_id, workflow_id, version, definition, created_by)
  values (new.tenant_id, new.id, new.version, new.definition, (author ->> 'userId')::uuid)
  on conflict (tenant_id, workflow_id, version) do nothing;
  return null;
end $$;
create trigger workflows_kept after insert or update of definition on workflows
  for each row execute function keep_workflow_version();

-- Each tenant that has runs to go on with, and when its first one is due. It jumps from tenant to tenant in the index,
-- however many runs each of them has. A workspace that is stopped has no turn; what it has waits until it is resumed.
create function workflow_turns() returns table (tenant_id uuid, wake_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  with recursive turns as (
    (select r.tenant_id, r.wake_at from workflow_runs r where r.wake_at is not null
      order by r.tenant_id, r.wake_at, r.number limit 1)
    union all
    select n.tenant_id, n.wake_at from turns t cross join lateral (
      select r.tenant_id, r.wake_at from workflow_runs r where r.wake_at is not null and r.tenant_id > t.tenant_id
      order by r.tenant_id, r.wake_at, r.number limit 1) n
  )
  select t.tenant_id, t.wake_at from turns t join tenants w on w.id = t.tenant_id where w.suspended_at is null
$$;
revoke execute on function workflow_turns() from public;
grant execute on function workflow_turns() to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the function runs and these rows are written.
do $$
begin
  execute format('create policy workflow_runs_for_owner on workflow_runs for select to %I using (true)', current_user);
  execute format('create policy workflows_for_owner on workflows for select to %I using (true)', current_user);
  execute format('create policy workflow_versions_for_owner on workflow_versions for insert to %I with check (true)', current_user);
end $$;
insert into workflow_versions (tenant_id, workflow_id, version, definition) select tenant_id, id, version, definition from workflows;
drop policy workflow_versions_for_owner on workflow_versions;
drop policy workflows_for_owner on workflows;
