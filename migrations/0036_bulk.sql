-- What is done to many records at once: to which, with what result, and how to take it back for a day.

create table bulk_changes (
  tenant_id uuid not null,
  -- The job that works on it.
  id uuid not null,
  object_id uuid not null,
  action text not null check (action in ('update', 'delete', 'restore', 'purge', 'undo')),
  -- What was asked for: values, and the filter that chose the records (bulk.schemas.ts).
  settings jsonb not null,
  -- The change that this one takes back.
  undoes uuid,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  -- A change is taken back once, however many ask for it at the same time.
  unique (tenant_id, undoes),
  foreign key (tenant_id, id) references jobs (tenant_id, id) on delete cascade,
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade,
  foreign key (tenant_id, undoes) references bulk_changes (tenant_id, id) on delete cascade
);
create index bulk_changes_created on bulk_changes (tenant_id, created_at desc);

-- The records that were chosen, kept until a day after the end. Not bound to the records: some are gone for good.
create table bulk_records (
  tenant_id uuid not null,
  change_id uuid not null,
  record_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'changed', 'unchanged', 'refused')),
  record_number text,
  -- The version that the change left: a record at another one has been changed since. Of those that wait to be taken
  -- back, the one they must have.
  version int,
  -- {attribute: value before}, of an update.
  before jsonb,
  -- Why it was refused.
  reason text,
  primary key (tenant_id, change_id, record_id),
  foreign key (tenant_id, change_id) references bulk_changes (tenant_id, id) on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['bulk_changes', 'bulk_records'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;
