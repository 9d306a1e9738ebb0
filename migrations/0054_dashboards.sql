-- Dashboards of one's own are nobody else's business and in no version of the workspace; those of everybody and of roles are
-- in `dashboards`. And how both go out by mail.

create table own_dashboards (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  user_id uuid not null,
  definition jsonb not null,
  position int not null default 0,
  version bigint not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);
create index own_dashboards_user on own_dashboards (tenant_id, user_id, position);

-- On the workspace's clock; `next_at` is worked out anew after each time and each change.
create table dashboard_schedules (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  -- In either table: a schedule without its dashboard sends nothing, and goes.
  dashboard_id uuid not null,
  created_by uuid not null,
  -- frequency, weekday, dayOfMonth, hour, minute, range, filters
  plan jsonb not null,
  receivers uuid[] not null check (cardinality(receivers) between 1 and 50),
  active boolean not null default true,
  next_at timestamptz,
  last_sent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, created_by) references memberships (tenant_id, user_id) on delete cascade
);
create index dashboard_schedules_dashboard on dashboard_schedules (tenant_id, dashboard_id);
create index dashboard_schedules_due on dashboard_schedules (next_at) where active and next_at is not null;

do $$
declare
  name text;
begin
  foreach name in array array['own_dashboards', 'dashboard_schedules'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- All tenants at once: this function is the only way past row-level security here, and tells ids alone.
create function due_dashboard_schedules(at timestamptz) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.tenant_id, s.id from dashboard_schedules s where s.active and s.next_at <= at order by s.next_at limit 100
$$;
revoke execute on function due_dashboard_schedules(timestamptz) from public;
grant execute on function due_dashboard_schedules(timestamptz) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the function runs.
do $$
begin
  execute format('create policy dashboard_schedules_for_owner on dashboard_schedules to %I using (true)', current_user);
end $$;
