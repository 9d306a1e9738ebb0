-- Where a workspace's shape came from, and templates that the super admin publishes beside those that are shipped.

create table template_origins (
  tenant_id uuid not null references tenants (id) on delete cascade,
  slug text not null,
  version text not null,
  -- What the template brought, in the names that it was given here: what an upgrade compares with.
  base jsonb not null,
  -- {collision id: {use, to}}: how what had the same name was told apart; asked again of later versions.
  resolutions jsonb not null default '{}',
  position int not null default 0,
  applied_at timestamptz not null default now(),
  applied_by uuid,
  -- The version of the metadata that it made: taking that back takes back the upgrade.
  metadata_version bigint not null default 0,
  -- {version, base, resolutions, metadata_version, previous} before that; null: nothing.
  previous jsonb,
  primary key (tenant_id, slug)
);
alter table template_origins enable row level security;
alter table template_origins force row level security;
create policy template_origins_of_tenant on template_origins
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on template_origins to oneforge_app;

-- Anybody who chooses a template may read them; only the super admin, to whom the transaction is bound, writes them.
create table published_templates (
  slug text not null check (slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and char_length(slug) <= 60),
  version text not null check (version ~ '^\d{1,6}\.\d{1,6}\.\d{1,6}$'),
  template jsonb not null,
  published_at timestamptz not null default now(),
  published_by uuid references users (id),
  retired_at timestamptz,
  primary key (slug, version)
);
alter table published_templates enable row level security;
alter table published_templates force row level security;
create policy published_templates_read on published_templates for select using (true);
create policy published_templates_insert on published_templates for insert
  with check (bound_user() is not null and is_super_admin());
create policy published_templates_update on published_templates for update
  using (bound_user() is not null and is_super_admin()) with check (bound_user() is not null and is_super_admin());
grant select, insert, update on published_templates to oneforge_app;

-- How many workspaces are on which version of which template, and which: for the super admin.
create function template_uses() returns table (slug text, version text, tenant_id uuid, tenant_name text)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select o.slug, o.version, t.id, t.name from template_origins o join tenants t on t.id = o.tenant_id where is_super_admin()
    union all
    select t.template_slug, t.template_version, t.id, t.name from tenants t
    where is_super_admin() and t.template_slug is not null
      and not exists (select from template_origins o where o.tenant_id = t.id)
    order by 1, 2, 4, 3 $$;
revoke execute on function template_uses() from public;
grant execute on function template_uses() to oneforge_app;
