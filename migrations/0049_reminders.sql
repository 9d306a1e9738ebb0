-- When people are reminded of tasks and meetings (packages/modules/activities).

-- The moment that follows from the record as it stood when it was last looked at; whoever tells looks at it again.
create table reminders (
  tenant_id uuid not null,
  record_id uuid not null,
  remind_at timestamptz not null,
  told_at timestamptz,
  primary key (tenant_id, record_id),
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);
create index reminders_open on reminders (tenant_id, remind_at) where told_at is null;
-- Of all tenants, for whoever looks whose turn it is.
create index reminders_next on reminders (remind_at) include (tenant_id) where told_at is null;

alter table reminders enable row level security;
alter table reminders force row level security;
create policy reminders_of_tenant on reminders
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on reminders to oneforge_app;

alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in
  ('mention', 'assigned', 'changed', 'moved', 'noted', 'commented', 'reminder', 'job_ended', 'invitation_accepted'));

-- All tenants at once: this function is the only way past row-level security here, and says nothing but whose turn it is.
create function tenants_to_remind(until timestamptz) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct tenant_id from reminders where told_at is null and remind_at <= until
$$;
revoke execute on function tenants_to_remind(timestamptz) from public;
grant execute on function tenants_to_remind(timestamptz) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the function runs.
do $$
begin
  execute format('create policy reminders_for_owner on reminders to %I using (true)', current_user);
end $$;
