-- Addresses to which members forward or copy mail that is to be kept with records, and which mail has come.

create table mail_addresses (
  tenant_id uuid not null,
  user_id uuid not null,
  -- What stands before the @. Whoever knows it may write to it in the member's name.
  name text not null unique check (name ~ '^[a-z0-9]{20}$'),
  created_at timestamptz not null default now(),
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);

-- A message is sent again where the answer to it was lost. It is kept once.
create table received_mail (
  tenant_id uuid not null,
  user_id uuid not null,
  -- SHA-256 of the Message-ID, or of all of it where it has none.
  digest bytea not null check (length(digest) = 32),
  received_at timestamptz not null default now(),
  primary key (tenant_id, user_id, digest),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['mail_addresses', 'received_mail'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- Mail arrives before anybody knows for which workspace.
create function find_mail_address(wanted text) returns table (tenant_id uuid, user_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.tenant_id, a.user_id from mail_addresses a where a.name = wanted
$$;
revoke execute on function find_mail_address(text) from public;
grant execute on function find_mail_address(text) to oneforge_app;
