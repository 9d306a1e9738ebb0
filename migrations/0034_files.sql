-- Files on records, their versions, and uploads on their way in.

create table record_files (
  tenant_id uuid not null,
  id uuid not null,
  object_id uuid not null,
  -- Where it was put. A record that was merged into another shows its files there.
  record_id uuid not null,
  name text not null,
  -- Names joined by `/`; empty at the top.
  folder text not null default '',
  created_by uuid not null,
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  deleted_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade,
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);
create index record_files_record on record_files (tenant_id, record_id);

-- A version is an upload first: from the moment it begins, its whole size counts for the plan, so that what begins can end.
create table file_versions (
  tenant_id uuid not null,
  id uuid not null,
  file_id uuid not null,
  -- Null until all of it is there.
  number int,
  size bigint not null check (size >= 0),
  received bigint not null default 0 check (received <= size),
  -- Read from the content; null until all of it is there.
  type text,
  -- Its parts lie beneath this key.
  storage_key text not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, file_id, number),
  foreign key (tenant_id, file_id) references record_files (tenant_id, id) on delete cascade
);
create index file_versions_unfinished on file_versions (tenant_id, created_at) where number is null;
create trigger file_versions_stored after insert or update of storage_key, size or delete on file_versions
  for each row execute function count_stored_file();

create table file_parts (
  tenant_id uuid not null,
  version_id uuid not null,
  starts_at bigint not null,
  size bigint not null,
  storage_key text not null,
  primary key (tenant_id, version_id, starts_at),
  foreign key (tenant_id, version_id) references file_versions (tenant_id, id) on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['record_files', 'file_versions', 'file_parts'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;
