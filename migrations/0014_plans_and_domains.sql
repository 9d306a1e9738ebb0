-- What plans bound, trials that end, limits of single API keys, and a workspace's own domain.

alter table tenants
  -- Until then the tenant has its plan; afterwards it is a starter. Null: there is no trial.
  add column trial_ends_at timestamptz,
  -- When the owners were told that the trial is about to end.
  add column trial_told_at timestamptz,
  -- In lower case and without a dot at the end. Several may claim a domain; one can have verified it.
  add column domain text,
  -- What a TXT record of the domain has to say.
  add column domain_token text,
  add column domain_verified_at timestamptz;
create unique index tenants_domain on tenants (domain) where domain_verified_at is not null;

-- Admits new records to a tenant of which the plan allows so many, or raises OF004 with what there is. Whoever adds
-- records to such a tenant waits here for others who do, until they commit: then all that they added is counted.
create function admit_records(tenant uuid, added bigint, most bigint, plan text) returns boolean language plpgsql as $$
declare
  used bigint;
begin
  perform pg_advisory_xact_lock(7302031, hashtext(tenant::text));
  select coalesce(sum(c.live), 0) into used from public.record_counters c where c.tenant_id = tenant;
  if used + added > most then
    raise exception '%', jsonb_build_object('kind', 'records', 'plan', plan, 'limit', most, 'used', used)::text
      using errcode = 'OF004';
  end if;
  return true;
end $$;

-- The files that each tenant keeps, in bytes: counted by whatever notes that a file is there or gone.
create table storage_counters (
  tenant_id uuid primary key references tenants (id) on delete cascade,
  bytes bigint not null default 0
) with (fillfactor = 50);
alter table storage_counters enable row level security;
alter table storage_counters force row level security;
create policy storage_counters_of_tenant on storage_counters
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on storage_counters to oneforge_app;

create function add_storage(tenant uuid, added bigint) returns void language plpgsql as $$
begin
  if added > 0 then
    insert into public.storage_counters as c (tenant_id, bytes) values (tenant, added)
      on conflict (tenant_id) do update set bytes = c.bytes + excluded.bytes;
  elsif added < 0 then
    -- Nothing is inserted here: the tenant may be going away as a whole.
    update public.storage_counters set bytes = greatest(0, bytes + added) where tenant_id = tenant;
  end if;
end $$;

-- For tables whose rows stand for a file of `size` bytes as long as they have a `storage_key`.
create function count_stored_file() returns trigger language plpgsql as $$
declare
  before bigint := 0;
  after bigint := 0;
begin
  if tg_op <> 'INSERT' and old.storage_key is not null then before := old.size; end if;
  if tg_op <> 'DELETE' and new.storage_key is not null then after := new.size; end if;
  perform public.add_storage(case tg_op when 'DELETE' then old.tenant_id else new.tenant_id end, after - before);
  return null;
end $$;
create trigger uploads_stored after insert or update of storage_key, size or delete on uploads
  for each row execute function count_stored_file();

-- The file of an export is kept as long as its job tells where to fetch it.
create function count_export_file() returns trigger language plpgsql as $$
declare
  before bigint := 0;
  after bigint := 0;
begin
  if tg_op <> 'INSERT' and old.result ? 'downloadUrl' then before := (old.result ->> 'size')::bigint; end if;
  if tg_op <> 'DELETE' and new.result ? 'downloadUrl' then after := (new.result ->> 'size')::bigint; end if;
  perform public.add_storage(case tg_op when 'DELETE' then old.tenant_id else new.tenant_id end,
    coalesce(after, 0) - coalesce(before, 0));
  return null;
end $$;
create trigger jobs_stored after update of result on jobs
  for each row when (old.type = 'export') execute function count_export_file();
create trigger jobs_stored_no_more after delete on jobs
  for each row when (old.type = 'export') execute function count_export_file();

alter table uploads disable row level security;
alter table jobs disable row level security;
alter table storage_counters disable row level security;
insert into storage_counters (tenant_id, bytes)
  select tenant_id, sum(size) from (
    select tenant_id, size from uploads where storage_key is not null
    union all select tenant_id, (result ->> 'size')::bigint from jobs where type = 'export' and result ? 'downloadUrl'
  ) kept group by tenant_id having sum(size) is not null;
alter table uploads enable row level security;
alter table jobs enable row level security;
alter table storage_counters enable row level security;

-- A key may have a limit of its own beside that of its tenant; the running minute of each is handed out in slices.
alter table api_keys add column requests_per_minute int check (requests_per_minute between 1 and 100000);
create table key_budgets (
  tenant_id uuid not null,
  key_id uuid not null,
  minute timestamptz not null,
  leased bigint not null,
  primary key (tenant_id, key_id),
  foreign key (tenant_id, key_id) references api_keys (tenant_id, id) on delete cascade
) with (fillfactor = 50);
alter table key_budgets enable row level security;
alter table key_budgets force row level security;
create policy key_budgets_of_tenant on key_budgets
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on key_budgets to oneforge_app;

drop function find_api_key(uuid);
create function find_api_key(wanted uuid)
  returns table (tenant_id uuid, user_id uuid, secret_hash text, expires_at timestamptz, revoked_at timestamptz,
    requests_per_minute int)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select k.tenant_id, k.user_id, k.secret_hash, k.expires_at, k.revoked_at, k.requests_per_minute
        from api_keys k where k.id = wanted $$;
revoke execute on function find_api_key(uuid) from public;
grant execute on function find_api_key(uuid) to oneforge_app;

-- The workspace that is reached at this domain. Signing in happens before anything can be bound.
create function find_domain(wanted text) returns table (tenant_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select t.id from tenants t where t.domain = lower(wanted) and t.domain_verified_at is not null $$;
revoke execute on function find_domain(text) from public;
grant execute on function find_domain(text) to oneforge_app;

-- Tenants whose owners have to be told that their trial ends soon. Only ids: the rest takes a binding.
create function trials_to_tell(ahead interval) returns table (tenant_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select t.id from tenants t where t.trial_told_at is null and t.trial_ends_at > now() and t.trial_ends_at <= now() + ahead $$;
revoke execute on function trials_to_tell(interval) from public;
grant execute on function trials_to_tell(interval) to oneforge_app;

-- What the super admin of the installation sees of all tenants; nobody else sees anything.
create function is_super_admin() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  as $$ select exists (select from users u where u.id = bound_user() and u.super_admin) $$;
revoke execute on function is_super_admin() from public;
grant execute on function is_super_admin() to oneforge_app;

create function installation_tenants(wanted text, only_id uuid, most int, skipped int)
  returns table (id uuid, name text, slug text, domain text, plan text, trial_ends_at timestamptz, members bigint,
    records bigint, created_at timestamptz, total bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    with shown as (
      select t.*, count(*) over () as total from tenants t
      where is_super_admin() and (only_id is null or t.id = only_id)
        and (wanted is null or strpos(lower(t.name), lower(wanted)) > 0 or strpos(t.slug, lower(wanted)) > 0)
      order by lower(t.name), t.id limit most offset skipped)
    select s.id, s.name, s.slug, case when s.domain_verified_at is not null then s.domain end, s.plan, s.trial_ends_at,
      (select count(*) from memberships m join users u on u.id = m.user_id
        where m.tenant_id = s.id and m.status = 'active' and u.kind = 'person'),
      (select coalesce(sum(c.live), 0)::bigint from record_counters c where c.tenant_id = s.id),
      s.created_at, s.total
    from shown s order by lower(s.name), s.id $$;
revoke execute on function installation_tenants(text, uuid, int, int) from public;
grant execute on function installation_tenants(text, uuid, int, int) to oneforge_app;

-- When members of the transaction's tenant were last seen there, and who has a second factor: their sessions and factors
-- show to themselves only.
create function members_seen() returns table (user_id uuid, last_seen_at timestamptz, second_factor boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select m.user_id,
      greatest(
        (select max(s.last_used_at) from sessions s where s.user_id = m.user_id and s.tenant_id = m.tenant_id),
        (select max(k.last_used_at) from api_keys k where k.user_id = m.user_id and k.tenant_id = m.tenant_id)),
      exists (select from second_factors f where f.user_id = m.user_id and f.confirmed_at is not null)
    from memberships m where m.tenant_id = current_tenant() $$;
revoke execute on function members_seen() from public;
grant execute on function members_seen() to oneforge_app;

-- Lets go of the log of operations before this month and so many before it; returns how many months went. A year is kept
-- whatever is asked for: whoever gets hold of the application must not make its traces disappear.
create function forget_operation_log(months_kept int) returns int
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  oldest text := 'operation_log_' || to_char(
    date_trunc('month', now() at time zone 'UTC') - make_interval(months => greatest(months_kept, 12)), 'YYYY_MM');
  part text;
  gone int := 0;
begin
  perform pg_advisory_xact_lock(7302030);
  perform set_config('lock_timeout', '5s', true);
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.operation_log'::regclass and c.relname ~ '^operation_log_\d{4}_\d{2}$'
      and c.relname < oldest order by c.relname
  loop
    execute format('drop table public.%I', part);
    gone := gone + 1;
  end loop;
  return gone;
end $$;
revoke execute on function forget_operation_log(int) from public;
grant execute on function forget_operation_log(int) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom these functions run.
do $$
declare
  name text;
begin
  foreach name in array array['tenants', 'memberships', 'record_counters', 'sessions', 'second_factors'] loop
    execute format('create policy %I on %I for select to %I using (true)', name || '_for_owner', name, current_user);
  end loop;
end $$;
