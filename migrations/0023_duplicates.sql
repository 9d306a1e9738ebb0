-- Records that may be the same: what they are compared by, the pairs found, and merges with all it takes to undo them.

alter table records
  -- The record that this one was merged into; it is then in the trash as well.
  add column merged_into uuid;
create index records_merged_into on records (tenant_id, merged_into) where merged_into is not null;

-- What the records of an object share with their duplicates: only records with a key in common are ever compared.
create table duplicate_keys (
  tenant_id uuid not null,
  object_id uuid not null,
  -- Names what is compared, not the rule: rules that compare the same share their keys.
  rule text collate "C" not null,
  key text collate "C" not null,
  record_id uuid not null,
  primary key (tenant_id, object_id, rule, key, record_id),
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade
);
create index duplicate_keys_record on duplicate_keys (tenant_id, record_id);

create table duplicate_pairs (
  tenant_id uuid not null,
  id uuid not null,
  object_id uuid not null,
  -- The smaller id is the first.
  first_id uuid not null,
  second_id uuid not null check (first_id < second_id),
  score smallint not null,
  -- Keys of the rules that say so.
  reasons text[] not null,
  state text not null default 'open' check (state in ('open', 'dismissed', 'merged')),
  found_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by uuid,
  primary key (tenant_id, id),
  unique (tenant_id, first_id, second_id),
  foreign key (tenant_id, first_id) references records (tenant_id, id) on delete cascade,
  foreign key (tenant_id, second_id) references records (tenant_id, id) on delete cascade
);
create index duplicate_pairs_queue on duplicate_pairs (tenant_id, object_id, state, score desc, id);
create index duplicate_pairs_second on duplicate_pairs (tenant_id, second_id);

create table merges (
  tenant_id uuid not null,
  id uuid not null,
  object_id uuid not null,
  kept_id uuid not null,
  merged_id uuid not null,
  -- The survivor before and after, links and notes that were carried over (packages/kernel/records/merge.store.ts).
  carried jsonb not null,
  made_at timestamptz not null default now(),
  made_by uuid,
  undone_at timestamptz,
  undone_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, kept_id) references records (tenant_id, id) on delete cascade,
  foreign key (tenant_id, merged_id) references records (tenant_id, id) on delete cascade
);
create index merges_kept on merges (tenant_id, kept_id, id);
-- A record is merged away once at a time.
create unique index merges_merged on merges (tenant_id, merged_id) where undone_at is null;

do $$
declare
  name text;
begin
  foreach name in array array['duplicate_keys', 'duplicate_pairs', 'merges'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;
