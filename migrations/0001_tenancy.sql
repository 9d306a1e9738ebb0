-- Tenants, users and memberships, and the functions that bind a transaction to one of them.
-- The application's role owns nothing: row-level security shows it only what the transaction is bound to.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- A setting that was made in an earlier transaction of the connection reads '' and not NULL.
create function current_tenant() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('oneforge.tenant', true), '')::uuid $$;

create function bound_user() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('oneforge.user', true), '')::uuid $$;

create table tenants (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 200),
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  plan text not null,
  locale text not null default 'en',
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null default 'UTC',
  template_slug text,
  template_version text,
  settings jsonb not null default '{}',
  -- Grows with every change of metadata, roles or memberships: what a server has compiled is valid for one version.
  version bigint not null default 1,
  created_at timestamptz not null default now()
);

create table users (
  id uuid primary key,
  email text not null check (email = lower(email)),
  name text not null check (char_length(name) between 1 and 200),
  password_hash text,
  locale text,
  time_zone text,
  email_verified_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index users_email on users (email);

create table memberships (
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_id uuid not null references users (id),
  status text not null default 'active' check (status in ('active', 'deactivated')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, user_id)
);
create index memberships_user on memberships (user_id);

create table roles (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  key text not null,
  definition jsonb not null,
  position int not null default 0,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);

create table membership_roles (
  tenant_id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  primary key (tenant_id, user_id, role_id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade,
  foreign key (tenant_id, role_id) references roles (tenant_id, id) on delete cascade
);

alter table tenants enable row level security;
alter table tenants force row level security;
create policy tenants_of_transaction on tenants
  using (id = current_tenant()
         or exists (select from memberships m where m.tenant_id = tenants.id and m.user_id = bound_user()))
  with check (id = current_tenant());

-- Users are global: a person is found by those who share a tenant, and by themself. The owner's functions below see all.
alter table users enable row level security;
create policy users_visible on users for select
  using (id = bound_user()
         or exists (select from memberships m where m.tenant_id = current_tenant() and m.user_id = users.id));
create policy users_insert on users for insert with check (id = bound_user());
create policy users_update on users for update using (id = bound_user()) with check (id = bound_user());

alter table memberships enable row level security;
alter table memberships force row level security;
create policy memberships_visible on memberships for select
  using (tenant_id = current_tenant() or user_id = bound_user());
create policy memberships_insert on memberships for insert with check (tenant_id = current_tenant());
create policy memberships_update on memberships for update
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy memberships_delete on memberships for delete using (tenant_id = current_tenant());

alter table roles enable row level security;
alter table roles force row level security;
create policy roles_of_tenant on roles using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

alter table membership_roles enable row level security;
alter table membership_roles force row level security;
create policy membership_roles_of_tenant on membership_roles
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

-- Binds the running transaction. With a version that is not the tenant's any more nothing of the transaction takes
-- effect, so a server that compiled the metadata earlier can send the binding and its statement in one flush.
create function bind_tenant(tenant uuid, expected bigint) returns bigint language plpgsql as $$
declare
  current_version bigint;
begin
  perform set_config('oneforge.tenant', tenant::text, true);
  select t.version into current_version from public.tenants t where t.id = tenant;
  if expected is not null and current_version is distinct from expected then
    raise exception 'the model of the tenant is stale' using errcode = 'OF001';
  end if;
  return current_version;
end $$;

create function bind_user(user_id uuid) returns void language plpgsql as $$
begin
  perform set_config('oneforge.user', user_id::text, true);
end $$;

-- Signing in happens before anything can be bound: this one function may look a person up by e-mail.
create function find_login(wanted text)
  returns table (id uuid, email text, name text, password_hash text, locale text, email_verified_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select id, email, name, password_hash, locale, email_verified_at from users where email = lower(wanted) $$;
revoke execute on function find_login(text) from public;

grant usage on schema public to oneforge_app, oneforge_dispatcher;
grant select, insert, update on tenants, users to oneforge_app;
grant select, insert, update, delete on memberships, roles, membership_roles to oneforge_app;
grant execute on function find_login(text) to oneforge_app;
grant oneforge_dispatcher to oneforge_app;

-- Under row-level security an operator that is not leakproof cannot be an index condition, and a filter on a custom
-- field would read the whole tenant. These two cannot tell anything of the values they compare beyond their result.
-- Only a superuser may say so; elsewhere the indexes on object and date still bound what is read.
do $$ begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    alter function pg_catalog.jsonb_contains(jsonb, jsonb) leakproof;
    alter function pg_catalog.textlike(text, text) leakproof;
  end if;
end $$;
