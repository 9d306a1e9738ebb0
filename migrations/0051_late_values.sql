-- Records whose «last contacted» and «next activity» have to be worked out anew (packages/kernel/records/computed/late.ts).
-- Whoever writes an activity only notes it here, which waits for nobody and takes no lock that others want.
create table late_values (
  tenant_id uuid not null,
  id bigint generated always as identity,
  record_id uuid not null,
  primary key (tenant_id, id)
);

alter table late_values enable row level security;
alter table late_values force row level security;
create policy late_values_of_tenant on late_values
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on late_values to oneforge_app;
