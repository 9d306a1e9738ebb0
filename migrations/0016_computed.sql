-- Computed fields, and work on the records of an object that goes on outside of the request that asked for it.

-- The job that is deriving a field's values, order or uniqueness from the records; null when all of them are done.
alter table fields add column derive_job uuid;
-- Whether values change with the day, so that they are worked out anew each night (formulas that call today()).
alter table fields add column moving boolean not null default false;

-- The workspaces that have such fields, for the job that wakes each night: it belongs to none.
create function tenants_with_moving_fields() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct tenant_id from fields where moving and retired_at is null $$;
revoke all on function tenants_with_moving_fields() from public;
grant execute on function tenants_with_moving_fields() to oneforge_app;
create policy fields_moving on fields for select to current_user using (moving);
create index fields_moving on fields (tenant_id) where moving;
