-- Letting people in: invitations, links sent by e-mail, second factors, API keys, and the messages on their way out.

-- A service account is a member that is no person: API keys act as one. It has no password and cannot sign in.
alter table users add column kind text not null default 'person' check (kind in ('person', 'service'));

-- The first user of an installation is its super admin. Whether there are others only the owner of the table can see.
alter table users add column super_admin boolean not null default false;
update users set super_admin = true where id = (select id from users order by created_at, id limit 1);

create function name_super_admin() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.super_admin := false;
  if not exists (select from users) then
    -- Of two who register at the same time, one waits here and is not the first any more.
    perform pg_advisory_xact_lock(7302029);
    new.super_admin := not exists (select from users);
  end if;
  return new;
end $$;
revoke execute on function name_super_admin() from public;
create trigger users_name_super_admin before insert on users for each row execute function name_super_admin();

create function keep_super_admin() returns trigger language plpgsql as $$
begin
  if current_user = 'oneforge_app' then
    raise exception 'Only the owner of the database may name a super admin' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger users_keep_super_admin before update of super_admin on users
  for each row when (old.super_admin is distinct from new.super_admin) execute function keep_super_admin();

-- Who left stays on as a name: records and histories point to them.
alter table memberships drop constraint memberships_status_check;
alter table memberships add constraint memberships_status_check check (status in ('active', 'deactivated', 'left'));

-- When the person last proved who they are, for what asks for more than a session.
alter table sessions add column stepped_up_at timestamptz;

-- Links sent to an address, each good for one use.
create table account_links (
  token_hash text primary key,
  user_id uuid not null references users (id) on delete cascade,
  purpose text not null check (purpose in ('verification', 'password-reset')),
  -- Where it was sent: an address that changed meanwhile is not verified by it.
  email text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index account_links_user on account_links (user_id);

create table second_factors (
  user_id uuid primary key references users (id) on delete cascade,
  -- Under the installation's master key.
  secret_encrypted text not null,
  -- Null until a first code has shown that the authenticator has the secret.
  confirmed_at timestamptz,
  -- The time step of the last code that was accepted: it and what lies before it are used up.
  last_step bigint,
  created_at timestamptz not null default now()
);

create table backup_codes (
  user_id uuid not null references users (id) on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

do $$
declare
  name text;
begin
  foreach name in array array['account_links', 'second_factors', 'backup_codes'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (user_id = bound_user()) with check (user_id = bound_user())',
      name || '_of_user', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

create table invitations (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  email text not null check (email = lower(email)),
  -- Keys of roles. One that is gone by the time of acceptance is not given.
  roles text[] not null,
  locations uuid[] not null default '{}',
  token_hash text not null,
  locale text not null default 'en',
  invited_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  declined_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create unique index invitations_open on invitations (tenant_id, email)
  where accepted_at is null and declined_at is null and revoked_at is null;

create table api_keys (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 200),
  -- The service account that the key acts as; its roles are those of the membership.
  user_id uuid not null,
  secret_hash text not null,
  -- Names of operations that the key is limited to; null is all that the roles allow.
  operations text[],
  created_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);
create index api_keys_id on api_keys (id);

-- A message stays after it was sent, without its text: that held a link. tenant_id is all zeros for messages that
-- belong to a person and not to a workspace, such as password resets; only a super admin sees those.
create table outgoing_messages (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  recipient text not null,
  subject text not null,
  body text,
  -- kept: there is no mail server, it is shown instead of sent.
  state text not null check (state in ('kept', 'queued', 'sending', 'sent', 'failed')),
  attempts int not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  primary key (tenant_id, id)
);
create index outgoing_messages_created on outgoing_messages (tenant_id, created_at desc, id desc);

do $$
declare
  name text;
begin
  foreach name in array array['invitations', 'api_keys', 'outgoing_messages'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- A key arrives before anything can be bound. Who asks has to know its secret: only a hash is told.
create function find_api_key(wanted uuid)
  returns table (tenant_id uuid, user_id uuid, secret_hash text, expires_at timestamptz, revoked_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select k.tenant_id, k.user_id, k.secret_hash, k.expires_at, k.revoked_at from api_keys k where k.id = wanted $$;
revoke execute on function find_api_key(uuid) from public;
grant execute on function find_api_key(uuid) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom that function runs.
do $$ begin
  execute format('create policy api_keys_for_owner on api_keys for select to %I using (true)', current_user);
end $$;
