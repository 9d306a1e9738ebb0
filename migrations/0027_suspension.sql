-- Workspaces that the super admin of the installation has stopped for a while, and what he sees of all of them.

alter table tenants
  -- Since then nobody comes in, and no job or mail of the tenant is worked on. Null: it is in use.
  add column suspended_at timestamptz,
  -- What its people are told when they ask to come in.
  add column suspended_reason text check (char_length(suspended_reason) between 1 and 500),
  add constraint tenants_suspended_with_reason check ((suspended_at is null) = (suspended_reason is null));

-- Sorted by one of name, createdAt, members, records, storageBytes, lastSeenAt; what is equal, by id. A page begins behind
-- the row that these three values name.
drop function installation_tenants(text, uuid, int, int);
create function installation_tenants(wanted text, only_id uuid, sorted_by text, descending boolean,
    after_text text, after_number numeric, after_id uuid, most int, skipped int)
  returns table (id uuid, name text, slug text, domain text, plan text, trial_ends_at timestamptz,
    suspended_at timestamptz, suspended_reason text, template_slug text, template_version text, members bigint,
    records bigint, storage_bytes bigint, last_seen_at timestamptz, created_at timestamptz, total bigint,
    sort_text text, sort_number numeric)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    with people as (
      select m.tenant_id, count(*) as members from memberships m join users u on u.id = m.user_id
      where m.status = 'active' and u.kind = 'person' group by m.tenant_id
    ), kept as (
      select c.tenant_id, sum(c.live)::bigint as records from record_counters c group by c.tenant_id
    ), seen as (
      select tenant_id, max(at) as at from (
        select s.tenant_id, s.last_used_at as at from sessions s
        union all select k.tenant_id, k.last_used_at from api_keys k) uses group by tenant_id
    ), found as (
      select t.*, coalesce(p.members, 0) as members, coalesce(k.records, 0) as records,
        coalesce(f.bytes, 0) as storage_bytes, s.at as last_seen_at
      from tenants t
      left join people p on p.tenant_id = t.id
      left join kept k on k.tenant_id = t.id
      left join storage_counters f on f.tenant_id = t.id
      left join seen s on s.tenant_id = t.id
      where is_super_admin() and (only_id is null or t.id = only_id)
        and (wanted is null or strpos(lower(t.name), lower(wanted)) > 0 or strpos(t.slug, lower(wanted)) > 0)
    ), keyed as (
      select f.*, count(*) over () as total,
        case sorted_by when 'name' then lower(f.name) else '' end as sort_text,
        case sorted_by
          when 'createdAt' then extract(epoch from f.created_at)
          when 'members' then f.members
          when 'records' then f.records
          when 'storageBytes' then f.storage_bytes
          when 'lastSeenAt' then coalesce(extract(epoch from f.last_seen_at), 0)
          else 0 end as sort_number
      from found f)
    select k.id, k.name, k.slug, case when k.domain_verified_at is not null then k.domain end, k.plan, k.trial_ends_at,
      k.suspended_at, k.suspended_reason, k.template_slug, k.template_version, k.members, k.records, k.storage_bytes,
      k.last_seen_at, k.created_at, k.total, k.sort_text, k.sort_number
    from keyed k
    where after_id is null
      or not descending and (k.sort_text, k.sort_number, k.id) > (after_text, after_number, after_id)
      or descending and (k.sort_text, k.sort_number, k.id) < (after_text, after_number, after_id)
    order by case when not descending then k.sort_text end, case when descending then k.sort_text end desc,
      case when not descending then k.sort_number end, case when descending then k.sort_number end desc,
      case when not descending then k.id end, case when descending then k.id end desc
    limit most offset skipped $$;
revoke execute on function installation_tenants(text, uuid, text, boolean, text, numeric, uuid, int, int) from public;
grant execute on function installation_tenants(text, uuid, text, boolean, text, numeric, uuid, int, int) to oneforge_app;

-- Nobody is written to about the trial of a workspace that is stopped.
create or replace function trials_to_tell(ahead interval) returns table (tenant_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select t.id from tenants t
        where t.trial_told_at is null and t.trial_ends_at > now() and t.trial_ends_at <= now() + ahead
          and t.suspended_at is null $$;

-- Its domain may be away as long as it is stopped.
create or replace function domains_to_check(since timestamptz) returns table (tenant_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select t.id from tenants t
        where t.domain_verified_at is not null and coalesce(t.domain_checked_at, t.domain_verified_at) < since
          and t.suspended_at is null $$;

-- Its values that change with the day are worked out anew on the first midnight after it is resumed.
create or replace function tenants_with_moving_fields() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct f.tenant_id from fields f join tenants t on t.id = f.tenant_id
        where f.moving and f.retired_at is null and t.suspended_at is null $$;

-- Forced row-level security holds for the owner too, as whom these functions run.
do $$
declare
  name text;
begin
  foreach name in array array['storage_counters', 'template_origins'] loop
    execute format('create policy %I on %I for select to %I using (true)', name || '_for_owner', name, current_user);
  end loop;
end $$;
