-- Sessions and the limits on guessing. A session belongs to a user, not to a tenant: its rows show to that user only.

create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_agent text,
  ip text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
);
create index sessions_user on sessions (user_id);

-- Each refresh token is used once. Its successor follows from it and the master key, so that a retry within seconds gets
-- the same one although only hashes are kept.
create table refresh_tokens (
  token_hash text primary key,
  session_id uuid not null references sessions (id) on delete cascade,
  user_id uuid not null,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_tokens_session on refresh_tokens (session_id);

alter table sessions enable row level security;
alter table sessions force row level security;
create policy sessions_of_user on sessions using (user_id = bound_user()) with check (user_id = bound_user());
alter table refresh_tokens enable row level security;
alter table refresh_tokens force row level security;
create policy refresh_tokens_of_user on refresh_tokens using (user_id = bound_user()) with check (user_id = bound_user());
grant select, insert, update, delete on sessions, refresh_tokens to oneforge_app;

-- Failed sign-ins per account and counted calls per address, by a hash of whom they concern: no tenant, no name.
create table attempt_counters (
  key text primary key,
  count int not null default 0,
  window_started_at timestamptz not null default now(),
  locked_until timestamptz
);
grant select, insert, update, delete on attempt_counters to oneforge_app;

-- The keys that sign access tokens; private halves are encrypted with the installation's master key.
create table signing_keys (
  kid text primary key,
  public_key jsonb not null,
  private_key_encrypted text not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
grant select, insert, update on signing_keys to oneforge_app;
