-- What a tenant's world is made of. Objects and fields are rows, never tables of their own: changing them is no DDL.

create table objects (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  slug text not null,
  -- ObjectDefinition without fields and views (packages/kernel/metadata/definition.ts)
  definition jsonb not null,
  position int not null default 0,
  retired_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, slug)
);

create table fields (
  tenant_id uuid not null,
  id uuid not null,
  object_id uuid not null,
  key text not null,
  -- FieldDefinition
  definition jsonb not null,
  -- Which ordered slot of records holds the field's sort key, if any.
  slot smallint check (slot between 1 and 10),
  position int not null default 0,
  retired_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, object_id, key),
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade
);
create unique index fields_slot on fields (tenant_id, object_id, slot) where slot is not null;

create table relations (
  tenant_id uuid not null,
  id uuid not null,
  from_object_id uuid not null,
  field_id uuid not null,
  to_object_id uuid not null,
  -- {many, inverse: {key, label, many}, onDelete}
  definition jsonb not null,
  primary key (tenant_id, id),
  unique (tenant_id, field_id),
  foreign key (tenant_id, from_object_id) references objects (tenant_id, id) on delete cascade,
  foreign key (tenant_id, to_object_id) references objects (tenant_id, id) on delete cascade,
  foreign key (tenant_id, field_id) references fields (tenant_id, id) on delete cascade
);

create table views (
  tenant_id uuid not null,
  id uuid not null,
  object_id uuid not null,
  -- Set for those that a template brought.
  key text,
  -- Null: everybody's.
  owner_id uuid,
  definition jsonb not null,
  position int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade
);
create unique index views_key on views (tenant_id, object_id, key) where key is not null;
create index views_object on views (tenant_id, object_id);

create table workflows (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  key text not null,
  definition jsonb not null,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);

create table dashboards (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  key text not null,
  definition jsonb not null,
  position int not null default 0,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);

do $$
declare
  name text;
begin
  foreach name in array array['objects', 'fields', 'relations', 'views', 'workflows', 'dashboards'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;
