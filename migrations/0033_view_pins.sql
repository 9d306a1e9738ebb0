-- Views that a person has put under their object in the navigation. Whose view it is does not matter; one that its
-- person may not see any more stays here unseen, and goes with the view or the membership.
create table view_pins (
  tenant_id uuid not null,
  user_id uuid not null,
  view_id uuid not null,
  pinned_at timestamptz not null default now(),
  primary key (tenant_id, user_id, view_id),
  foreign key (tenant_id, view_id) references views (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);
create index view_pins_view on view_pins (tenant_id, view_id);

alter table view_pins enable row level security;
alter table view_pins force row level security;
create policy view_pins_of_tenant on view_pins
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, delete on view_pins to oneforge_app;
