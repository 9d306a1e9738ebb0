-- Mail that people and workflows write: its parts, the workspace's own server, templates, signatures, and what became of it
-- (packages/modules/messaging, mail-templates and correspondence).

alter table outgoing_messages
  -- Goes with the text once it was sent.
  add column html text,
  -- What the receiver sees before the address of the sender.
  add column sender_name text,
  -- Message-IDs of the thread it belongs to: {"inReplyTo": …, "references": […]}.
  add column thread jsonb,
  -- Where the receiving side reports that it could not deliver.
  add column bounce_to text;

create table outgoing_attachments (
  tenant_id uuid not null,
  message_id uuid not null,
  position int not null,
  name text not null,
  type text not null,
  -- By which the message's HTML shows it; null for what is only attached.
  cid text,
  content bytea not null,
  primary key (tenant_id, message_id, position),
  foreign key (tenant_id, message_id) references outgoing_messages (tenant_id, id) on delete cascade
);

-- The workspace's own server, in place of the installation's.
create table mail_servers (
  tenant_id uuid primary key,
  host text not null check (host <> ''),
  port int not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  username text,
  -- Sealed with a key that is made of the installation's master key.
  sealed_password text,
  from_name text not null,
  from_address text not null,
  per_minute int not null check (per_minute between 1 and 10000),
  per_day int not null check (per_day between 1 and 1000000),
  -- When it was last reached with these settings.
  checked_at timestamptz,
  updated_at timestamptz not null default now()
);

-- How much a workspace has sent in the minute and the day that run, and until when its server is left alone.
create table mail_paces (
  tenant_id uuid primary key,
  minute_began timestamptz not null default now(),
  in_minute int not null default 0,
  day_began timestamptz not null default now(),
  in_day int not null default 0,
  failures int not null default 0,
  held_until timestamptz
);

-- Addresses that are written to no more: all mail to them, or only what is marketing.
create table mail_suppressions (
  tenant_id uuid not null,
  address text not null check (address = lower(address)),
  scope text not null check (scope in ('all', 'marketing')),
  reason text not null check (reason in ('bounced', 'unsubscribed', 'by_hand')),
  detail text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, address, scope)
);

create table mail_templates (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  folder text not null default '',
  -- Of whose records the merge fields are; null where it reads none.
  object_id uuid,
  mode text not null check (mode in ('visual', 'source')),
  -- Whether receivers may end it.
  marketing boolean not null default false,
  -- By language: {"en": {"subject": …, "blocks": […] or "mjml": …, "text": …}}.
  content jsonb not null,
  -- By language: the HTML made of it, with its merge fields.
  compiled jsonb not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  updated_by uuid,
  primary key (tenant_id, id)
);
create unique index mail_templates_name on mail_templates (tenant_id, folder, lower(name));

-- Pictures that templates show; a message carries them itself.
create table mail_images (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  type text not null check (type in ('image/png', 'image/jpeg', 'image/gif')),
  content bytea not null check (length(content) <= 1048576),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

create table mail_signatures (
  tenant_id uuid not null,
  user_id uuid not null,
  html text not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);

-- E-mails that members have written here: the record that tells of each, and where its answers and reports come.
create table sent_emails (
  tenant_id uuid not null,
  -- The message in the outbox, which forgets sooner.
  message_id uuid not null,
  -- The record of the object of e-mails.
  record_id uuid not null,
  user_id uuid not null,
  address text not null,
  message_header text not null,
  -- What stands before the @ of the address that answers come to; null where the installation receives no mail.
  tag text unique check (tag ~ '^[a-z0-9]{20}$'),
  bounced_at timestamptz,
  bounce_reason text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, message_id),
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);
create index sent_emails_record on sent_emails (tenant_id, record_id);
create index sent_emails_header on sent_emails (tenant_id, message_header);

do $$
declare
  name text;
begin
  foreach name in array array['outgoing_attachments', 'mail_servers', 'mail_paces', 'mail_suppressions', 'mail_templates',
    'mail_images', 'mail_signatures', 'sent_emails'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- Answers arrive before anybody knows for which workspace.
create function find_sent_email(wanted text) returns table (tenant_id uuid, user_id uuid, message_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.tenant_id, s.user_id, s.message_id from sent_emails s where s.tag = wanted
$$;
revoke execute on function find_sent_email(text) from public;
grant execute on function find_sent_email(text) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the function runs.
do $$
begin
  execute format('create policy sent_emails_for_owner on sent_emails for select to %I using (true)', current_user);
end $$;
