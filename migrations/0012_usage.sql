-- How much of its allowance a tenant has used.

-- The running minute of each tenant: servers take slices of its allowance from here and spend them without asking again
-- (packages/modules/usage/request-budgets.ts).
create table request_budgets (
  tenant_id uuid primary key references tenants (id) on delete cascade,
  minute timestamptz not null,
  -- Weighted requests handed out to servers. More than the allowance means: all of it.
  leased bigint not null
) with (fillfactor = 50);

-- Weighted requests of each day (UTC), and how many requests were refused.
create table request_days (
  tenant_id uuid not null references tenants (id) on delete cascade,
  day date not null,
  requests bigint not null default 0,
  refused bigint not null default 0,
  primary key (tenant_id, day)
);

do $$
declare
  name text;
begin
  foreach name in array array['request_budgets', 'request_days'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- Plans are called otherwise now.
alter table tenants disable row level security;
update tenants set plan = case plan when 'free' then 'starter' else 'professional' end where plan in ('free', 'team');
alter table tenants enable row level security;
