-- What people are told of (packages/modules/notifications).

-- Of one person, about one thing: while it is unread, what happens further to the same record is counted in the same row.
create table notifications (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null check (kind in
    ('mention', 'assigned', 'changed', 'moved', 'noted', 'job_ended', 'invitation_accepted')),
  object_id uuid,
  record_id uuid,
  -- Who did it, the latest last; and the keys of the fields that were changed.
  actors uuid[] not null default '{}',
  fields text[] not null default '{}',
  -- What is told beside: the job that ended, who accepted.
  about jsonb not null default '{}',
  count int not null default 1,
  -- How many of those a mail has told of.
  mailed int not null default 0,
  created_at timestamptz not null default now(),
  at timestamptz not null default now(),
  read_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade,
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);
create unique index notifications_open on notifications (tenant_id, user_id, record_id, kind)
  where read_at is null and record_id is not null;
create index notifications_latest on notifications (tenant_id, user_id, at desc, id desc);
create index notifications_unread on notifications (tenant_id, user_id, at desc) where read_at is null;
create index notifications_record on notifications (tenant_id, record_id) where record_id is not null;
create index notifications_age on notifications (at);

-- Events come at least once: whom one has been told to already stands here.
create table notified_events (
  tenant_id uuid not null,
  seq bigint not null,
  user_id uuid not null,
  at timestamptz not null default now(),
  primary key (tenant_id, seq, user_id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);
create index notified_events_user on notified_events (tenant_id, user_id);
create index notified_events_age on notified_events (at);

-- What a person wishes to be told of, and how; what is absent is as everybody has it.
create table notification_settings (
  tenant_id uuid not null,
  user_id uuid not null,
  -- {mention: {page: true, mail: "hourly"}}
  kinds jsonb not null default '{}',
  daily_at time not null default '08:00',
  -- Links that end mails are signed over it: it changes with their use, so that each works once.
  mail_round int not null default 0,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['notifications', 'notified_events', 'notification_settings'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- Where a mail says that no more of its kind are wanted; it goes with the text.
alter table outgoing_messages add column unsubscribe_url text;

-- All tenants at once: this function is the only way past row-level security here, and deletes what is old alone.
create function prune_notifications() returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  deleted bigint;
begin
  delete from notifications where at < now() - interval '90 days' or read_at < now() - interval '30 days';
  get diagnostics deleted = row_count;
  -- Longer than any event is kept.
  delete from notified_events where at < now() - interval '90 days';
  return deleted;
end $$;
revoke execute on function prune_notifications() from public;
grant execute on function prune_notifications() to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the function runs.
do $$
declare
  name text;
begin
  foreach name in array array['notifications', 'notified_events'] loop
    execute format('create policy %I on %I to %I using (true) with check (true)', name || '_for_owner', name, current_user);
  end loop;
end $$;
