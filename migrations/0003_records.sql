-- The records of every object of every tenant. `data` holds the values; beside it stand typed columns for the roles
-- that screens sort, filter and count by, and ten ordered slots for the fields a tenant marked as sortable. A slot holds
-- a text whose byte order is the order of the values (packages/kernel/metadata/values), so that one leakproof operator
-- class serves every type.

create table records (
  tenant_id uuid not null,
  object_id uuid not null,
  id uuid not null,
  version int not null default 1,
  record_number text not null,
  title text not null default '',
  title_key text collate "C" not null default '',
  stage text,
  owner_id uuid,
  location_id uuid,
  amount_minor bigint,
  currency text,
  starts_at timestamptz,
  ends_at timestamptz,
  due_at timestamptz,
  email text,
  phone text,
  search text not null default '',
  s1 text collate "C",
  s2 text collate "C",
  s3 text collate "C",
  s4 text collate "C",
  s5 text collate "C",
  s6 text collate "C",
  s7 text collate "C",
  s8 text collate "C",
  s9 text collate "C",
  s10 text collate "C",
  data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  -- Set for sample data, so that it can be taken away in one go.
  sample boolean not null default false,
  primary key (tenant_id, id),
  foreign key (tenant_id, object_id) references objects (tenant_id, id)
) partition by hash (tenant_id);

do $$ begin
  for i in 0..7 loop
    execute format('create table records_%s partition of records for values with (modulus 8, remainder %s)', i, i);
    -- A new record's indexes fill from one end: leave room so that an edit finds a place on the same page.
    execute format('alter table records_%s set (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02)', i);
  end loop;
end $$;

-- Object ids are unique over all tenants, so they stand for the tenant at the head of each index; lists carry the
-- tenant as well, for the partition.
-- It does not begin with the tenant: the check of a foreign key on (tenant_id, id) would be planned onto it while the
-- table has no statistics, and read all records of the tenant for each row.
create unique index records_number on records (object_id, record_number, tenant_id);
create index records_created on records (object_id, created_at, id);
create index records_updated on records (object_id, updated_at, id);
create index records_title on records (object_id, title_key, id);
create index records_stage on records (object_id, stage, created_at, id) where stage is not null;
create index records_stage_due on records (object_id, stage, due_at, id) where stage is not null and due_at is not null;
create index records_stage_starts on records (object_id, stage, starts_at, id) where stage is not null and starts_at is not null;
create index records_owner on records (object_id, owner_id, created_at, id) where owner_id is not null;
create index records_amount on records (object_id, amount_minor, id) where amount_minor is not null;
create index records_starts on records (object_id, starts_at, id) where starts_at is not null;
create index records_due on records (object_id, due_at, id) where due_at is not null;
create index records_email on records (object_id, email, id) where email is not null;
create index records_phone on records (object_id, phone, id) where phone is not null;
create index records_deleted on records (object_id, deleted_at, id) where deleted_at is not null;
create index records_sample on records (tenant_id, id) where sample;
create index records_data on records using gin (object_id, data jsonb_path_ops);
create index records_search on records using gin (object_id, search gin_trgm_ops);
do $$ begin
  for i in 1..10 loop
    execute format('create index records_s%s on records (object_id, s%s, id) where s%s is not null', i, i, i);
  end loop;
end $$;

-- Numbers such as PAT-000001 without gaps, and how many records live: one row per object, locked only by writers of
-- that object and only until they commit.
create table record_counters (
  tenant_id uuid not null,
  object_id uuid not null,
  last_number bigint not null default 0,
  live bigint not null default 0,
  primary key (tenant_id, object_id),
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade
) with (fillfactor = 50);

-- Values of unique fields of live records: the primary key is the rule, whoever writes at the same time.
create table unique_values (
  tenant_id uuid not null,
  field_id uuid not null,
  value text collate "C" not null,
  record_id uuid not null,
  primary key (tenant_id, field_id, value),
  foreign key (tenant_id, field_id) references fields (tenant_id, id) on delete cascade,
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);
create index unique_values_record on unique_values (tenant_id, record_id);

create table links (
  tenant_id uuid not null,
  relation_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  -- Whether the side may hold one link only; the two partial indexes below keep it so.
  from_single boolean not null default false,
  to_single boolean not null default false,
  position int not null default 0,
  data jsonb,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (tenant_id, relation_id, from_id, to_id),
  foreign key (tenant_id, relation_id) references relations (tenant_id, id) on delete cascade,
  foreign key (tenant_id, from_id) references records (tenant_id, id) on delete cascade,
  foreign key (tenant_id, to_id) references records (tenant_id, id) on delete cascade
);
create index links_from on links (tenant_id, from_id, relation_id);
create index links_to on links (tenant_id, to_id, relation_id);
create unique index links_from_single on links (tenant_id, relation_id, from_id) where from_single;
create unique index links_to_single on links (tenant_id, relation_id, to_id) where to_single;

create table notes (
  tenant_id uuid not null,
  id uuid not null,
  object_id uuid not null,
  record_id uuid not null,
  body text not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);
create index notes_record on notes (tenant_id, record_id, id);

do $$
declare
  name text;
begin
  foreach name in array array['records', 'record_counters', 'unique_values', 'links', 'notes'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
  -- The partitions are reached through their parent only; the policy stands on them as well, should that change.
  for i in 0..7 loop
    name := 'records_' || i;
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
  end loop;
end $$;

-- Raised from inside the one statement that writes a record, so that everything else it wrote is undone with it. The
-- message is JSON for the application: under row-level security PostgreSQL keeps the details of a conflict to itself.
create function raise_problem(kind text, problem jsonb) returns int language plpgsql as $$
begin
  raise exception '%', problem::text using errcode = case kind when 'duplicate' then 'OF002' else 'OF003' end;
end $$;
