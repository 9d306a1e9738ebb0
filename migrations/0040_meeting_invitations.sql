-- Who was invited to which meeting by mail, and what they answered.

create table meeting_invitations (
  tenant_id uuid not null,
  record_id uuid not null,
  address text not null,
  -- Counts the changes that were told: calendars believe the highest.
  sequence int not null check (sequence >= 0),
  -- Of the meeting as it was told.
  digest bytea not null,
  sent_at timestamptz not null,
  sent_by uuid not null,
  cancelled_at timestamptz,
  answer text check (answer in ('accepted', 'declined', 'tentative')),
  answered_at timestamptz,
  primary key (tenant_id, record_id, address),
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);

-- Where answers arrive, for each meeting another: whoever has it may answer for those who were invited.
create table meeting_addresses (
  tenant_id uuid not null,
  record_id uuid not null,
  name text not null unique check (name ~ '^[a-z0-9]{20}$'),
  primary key (tenant_id, record_id),
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['meeting_invitations', 'meeting_addresses'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- An answer arrives before anybody knows for which workspace.
create function find_meeting_address(wanted text) returns table (tenant_id uuid, record_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.tenant_id, a.record_id from meeting_addresses a where a.name = wanted
$$;
revoke execute on function find_meeting_address(text) from public;
grant execute on function find_meeting_address(text) to oneforge_app;

-- Where answers to a message go, and what it says to calendars: {method, content}.
alter table outgoing_messages add column reply_to text, add column calendar jsonb;
