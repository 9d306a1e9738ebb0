-- Access beyond plain roles: a role may be held at one location only, one person may be granted or denied a single
-- thing beside their roles, and teams stand in a hierarchy. Every change of these moves tenants.version on.

-- Null: held everywhere. One role may be held at several locations.
alter table membership_roles drop constraint membership_roles_pkey;
alter table membership_roles add column location_id uuid;
alter table membership_roles
  add constraint membership_roles_held unique nulls not distinct (tenant_id, user_id, role_id, location_id);
create index membership_roles_role on membership_roles (tenant_id, role_id);

create table member_exceptions (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  -- A denial beats every role and every grant.
  effect text not null check (effect in ('grant', 'deny')),
  -- MemberException without id and effect (packages/kernel/access/rights.ts)
  definition jsonb not null,
  reason text,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);
create index member_exceptions_user on member_exceptions (tenant_id, user_id);

create table teams (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 100),
  -- Who belongs to the team above sees what the team below owns.
  parent_id uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, parent_id, name),
  foreign key (tenant_id, parent_id) references teams (tenant_id, id)
);

create table team_members (
  tenant_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  primary key (tenant_id, team_id, user_id),
  foreign key (tenant_id, team_id) references teams (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);
create index team_members_user on team_members (tenant_id, user_id);

do $$
declare
  name text;
begin
  foreach name in array array['member_exceptions', 'teams', 'team_members'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;
