-- What happened: events for those who react, audit entries for those who ask. Both are written in the transaction of
-- the change; the application may add and read, never alter.

create table events (
  tenant_id uuid not null references tenants (id) on delete cascade,
  seq bigint generated always as identity,
  -- The writing transaction: consumers read by it, so that an event whose transaction commits late is never skipped.
  xid xid8 not null default pg_current_xact_id(),
  type text not null,
  object_id uuid,
  record_id uuid,
  actor_id uuid,
  payload jsonb not null default '{}',
  at timestamptz not null default now(),
  primary key (tenant_id, seq)
);
create index events_seq on events (seq);
create index events_xid on events (xid);

-- How far each consumer has come: all that `seen` shows is done; of what `reading` shows beyond that, it works through
-- the events in the order of seq (packages/kernel/events/cursors.ts has the reasons).
create table event_cursors (
  consumer text primary key,
  seen pg_snapshot not null,
  reading pg_snapshot not null,
  seq bigint not null default 0
);

create table audit_entries (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  at timestamptz not null default now(),
  actor_id uuid,
  actor_kind text not null,
  action text not null,
  object_id uuid,
  record_id uuid,
  -- {field key: [before, after]}
  changes jsonb not null default '{}',
  source text,
  request_id text,
  ip text,
  primary key (tenant_id, id)
);
create index audit_entries_record on audit_entries (tenant_id, record_id, at, id) where record_id is not null;

alter table events enable row level security;
alter table events force row level security;
create policy events_of_tenant on events using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
-- The dispatcher hands events of all tenants to their consumers; it is a role of its own that the application takes
-- on for that one query.
create policy events_for_dispatcher on events for select to oneforge_dispatcher using (true);

alter table audit_entries enable row level security;
alter table audit_entries force row level security;
create policy audit_entries_of_tenant on audit_entries
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

grant select, insert on events, audit_entries to oneforge_app;
grant select on events to oneforge_dispatcher;
grant select, insert, update on event_cursors to oneforge_app, oneforge_dispatcher;

-- What a caller asked to be done once: the key, what was asked, and the answer.
create table idempotency_keys (
  tenant_id uuid not null references tenants (id) on delete cascade,
  actor_id uuid not null,
  key text not null,
  fingerprint text not null,
  -- As text keeps it: a repeated answer is the first one to the letter.
  answer json,
  created_at timestamptz not null default now(),
  primary key (tenant_id, actor_id, key)
);

-- Long work that a person waits for: what the API shows of a job. The queue itself is pg-boss's.
create table jobs (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  type text not null,
  status text not null default 'pending' check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
  progress smallint not null default 0 check (progress between 0 and 100),
  object_id uuid,
  input jsonb not null default '{}',
  -- Where the work stands, so that it goes on after an interruption.
  checkpoint jsonb,
  result jsonb,
  errors jsonb not null default '[]',
  created_at timestamptz not null default now(),
  created_by uuid,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create index jobs_created on jobs (tenant_id, created_at desc);

do $$
declare
  name text;
begin
  foreach name in array array['idempotency_keys', 'jobs'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;
