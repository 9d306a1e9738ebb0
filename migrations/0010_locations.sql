-- The sites of a tenant, what belongs to them, and the networks that people may come from.

create table locations (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 200),
  -- As a field of type address.
  address jsonb,
  time_zone text not null,
  -- {mon: [{from: '08:00', to: '13:00'}, …], …}: what lies between the intervals of a day is a break.
  hours jsonb not null default '{}',
  -- [{date, name, hours?}]
  holidays jsonb not null default '[]',
  active boolean not null default true,
  position int not null default 0,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

create table network_rules (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  network cidr not null,
  comment text check (char_length(comment) between 1 and 200),
  active boolean not null default true,
  -- Null: for the whole workspace.
  location_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, location_id, network),
  foreign key (tenant_id, location_id) references locations (tenant_id, id)
);
create index network_rules_location on network_rules (tenant_id, location_id) where location_id is not null;

do $$
declare
  name text;
begin
  foreach name in array array['locations', 'network_rules'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- Until now nothing could be a location: what points at one points nowhere. A role that was held nowhere is taken away,
-- as holding it everywhere would be more than was given.
delete from membership_roles where location_id is not null;
alter table membership_roles add foreign key (tenant_id, location_id) references locations (tenant_id, id);
create index membership_roles_location on membership_roles (tenant_id, location_id) where location_id is not null;

-- Records need no foreign key: who writes one has checked the location against the metadata, which nobody can change until
-- the writer has committed (kernel/metadata, holdModel).
update records set location_id = null where location_id is not null;
-- Led by the tenant, so that it also finds what still belongs to a location that is to be deleted.
create index records_location on records (tenant_id, location_id, object_id, created_at, id) where location_id is not null;
