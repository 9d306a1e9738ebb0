-- Calendars that members subscribe to by a secret address (packages/modules/calendars).

create table calendar_feeds (
  tenant_id uuid not null,
  user_id uuid not null,
  -- SHA-256 of the secret in the address, which was told once.
  token_hash bytea not null unique check (length(token_hash) = 32),
  with_tasks boolean not null default true,
  created_at timestamptz not null default now(),
  fetched_at timestamptz,
  -- How often it was fetched since when: it may be so many times in an hour.
  fetches int not null default 0,
  counted_since timestamptz not null default now(),
  -- What was given last, and since when it has been that: for who asks whether there is anything new.
  content_digest bytea check (length(content_digest) = 32),
  content_since timestamptz,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);
alter table calendar_feeds enable row level security;
alter table calendar_feeds force row level security;
create policy calendar_feeds_of_tenant on calendar_feeds
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on calendar_feeds to oneforge_app;

-- A calendar is fetched before anybody knows of which workspace.
create function find_calendar_feed(wanted bytea) returns table (tenant_id uuid, user_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select f.tenant_id, f.user_id from calendar_feeds f where f.token_hash = wanted
$$;
revoke execute on function find_calendar_feed(bytea) from public;
grant execute on function find_calendar_feed(bytea) to oneforge_app;

-- Whoever takes their account back by another password takes back what reads it: the addresses of their calendars end.
create index calendar_feeds_of_person on calendar_feeds (user_id);
create function end_calendar_feeds() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from calendar_feeds where user_id = new.id;
  return null;
end $$;
revoke execute on function end_calendar_feeds() from public;
create trigger users_end_calendar_feeds after update of password_hash on users
  for each row when (old.password_hash is distinct from new.password_hash) execute function end_calendar_feeds();
do $$ begin
  execute format('create policy calendar_feeds_end_for_owner on calendar_feeds for delete to %I using (true)', current_user);
end $$;

-- Forced row-level security holds for the owner too, as whom such functions run; those that find addresses of mail lacked it.
do $$
declare
  name text;
begin
  foreach name in array array['calendar_feeds', 'mail_addresses', 'meeting_addresses'] loop
    execute format('create policy %I on %I for select to %I using (true)', name || '_for_owner', name, current_user);
  end loop;
end $$;
