-- Comments on records and on notes, notes that are pinned, and texts that notes begin with (packages/modules/activities).

-- A comment is written by whoever reads the record, a note by whoever changes it; otherwise they are one thing: they move
-- with a merge and go with their record.
alter table notes
  add column kind text not null default 'note' check (kind in ('note', 'comment')),
  -- The note that a comment is about; none where it is about the record.
  add column parent_id uuid,
  add column edited_at timestamptz,
  add column pinned_at timestamptz,
  add column pinned_by uuid,
  add foreign key (tenant_id, parent_id) references notes (tenant_id, id) on delete cascade,
  add check (parent_id is null or kind = 'comment'),
  add check (pinned_at is null or kind = 'note');
create index notes_parent on notes (tenant_id, parent_id, id) where parent_id is not null;
create index notes_pinned on notes (tenant_id, record_id) where pinned_at is not null;

create table note_templates (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  body text not null,
  -- For records of which objects it is offered; of every object where none are named.
  object_ids uuid[],
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index note_templates_name on note_templates (tenant_id, lower(name));

alter table note_templates enable row level security;
alter table note_templates force row level security;
create policy note_templates_of_tenant on note_templates
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on note_templates to oneforge_app;

alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in
  ('mention', 'assigned', 'changed', 'moved', 'noted', 'commented', 'job_ended', 'invitation_accepted'));
