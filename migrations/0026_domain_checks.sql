-- A workspace's own domain is looked at again every day, and another one may be verified while it counts.

alter table tenants
  -- When the record of the verified domain was looked for last, and since when it has not been there.
  add column domain_checked_at timestamptz,
  add column domain_missing_since timestamptz,
  -- The domain that takes the place of the verified one as soon as it is verified itself.
  add column next_domain text,
  add column next_domain_token text;

-- Tenants whose verified domain was not looked at since. Only ids: the rest takes a binding.
create function domains_to_check(since timestamptz) returns table (tenant_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select t.id from tenants t
        where t.domain_verified_at is not null and coalesce(t.domain_checked_at, t.domain_verified_at) < since $$;
revoke execute on function domains_to_check(timestamptz) from public;
grant execute on function domains_to_check(timestamptz) to oneforge_app;
