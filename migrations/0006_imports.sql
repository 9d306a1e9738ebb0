-- Files that people bring in, what each import did, and how to take it back.

-- Which run of a job may write: a run that was thought dead finds that another has taken over, and stops.
alter table jobs add column runner uuid;

create table uploads (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  object_id uuid not null,
  file_name text not null,
  size bigint not null,
  sha256 text not null,
  -- Where the storage keeps it; null once it has been removed.
  storage_key text,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade
);
create index uploads_created on uploads (tenant_id, created_at);

create table imports (
  tenant_id uuid not null,
  id uuid not null,
  job_id uuid not null,
  object_id uuid not null,
  upload_id uuid not null,
  file_name text not null,
  -- What was asked for: mapping, mode, matchOn, dateOrder, edits (imports.schemas.ts).
  options jsonb not null,
  dry_run boolean not null default false,
  -- The columns of the file, for the list of refused rows.
  header text[] not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  -- The job that takes the import back, once somebody asked for it.
  undo_job_id uuid,
  undone_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, job_id),
  foreign key (tenant_id, job_id) references jobs (tenant_id, id) on delete cascade,
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade
);
create index imports_created on imports (tenant_id, created_at desc);

-- Each record that an import made or changed, with what it takes to restore it.
create table import_changes (
  tenant_id uuid not null,
  import_id uuid not null,
  record_id uuid not null,
  line int not null,
  action text not null check (action in ('created', 'updated')),
  -- The version that the import left: a record at another one has been changed since.
  version int not null,
  -- {field key: value before}, of updates.
  before jsonb,
  primary key (tenant_id, import_id, record_id),
  foreign key (tenant_id, import_id) references imports (tenant_id, id) on delete cascade
);
create index import_changes_line on import_changes (tenant_id, import_id, line);

-- Values that must not come twice in one file, as hashes, with the line that has them. Emptied when the import ends.
create table import_keys (
  tenant_id uuid not null,
  import_id uuid not null,
  key text collate "C" not null,
  line int not null,
  primary key (tenant_id, import_id, key),
  foreign key (tenant_id, import_id) references imports (tenant_id, id) on delete cascade
);

create table import_refused (
  tenant_id uuid not null,
  import_id uuid not null,
  line int not null,
  values jsonb not null,
  reason text not null,
  primary key (tenant_id, import_id, line),
  foreign key (tenant_id, import_id) references imports (tenant_id, id) on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['uploads', 'imports', 'import_changes', 'import_keys', 'import_refused'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;
