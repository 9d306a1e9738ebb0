-- What steps of workflows need: whose turn it is to be given a record, and a kind of notification of their own.

-- The one who was given the last record by a step that passes its records round. Who gives the next one locks it.
create table workflow_assignments (
  tenant_id uuid not null,
  workflow_id uuid not null,
  step_id text not null,
  user_id uuid not null,
  primary key (tenant_id, workflow_id, step_id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
alter table workflow_assignments enable row level security;
alter table workflow_assignments force row level security;
create policy workflow_assignments_of_tenant on workflow_assignments
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on workflow_assignments to oneforge_app;

alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in
  ('mention', 'assigned', 'changed', 'moved', 'noted', 'commented', 'reminder', 'workflow', 'job_ended', 'invitation_accepted'));
