-- The log of operations: who did what to which records, when, from where, how long it took and how it ended. It holds no
-- values of records. What a record was before and after a change stands in audit_entries.

create table operation_log (
  -- All zeros where it is not known whose workspace an operation was about, such as a failed sign-in.
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  actor_kind text not null,
  -- The member as whom an administrator looked at the workspace.
  viewed_as uuid,
  key_id uuid,
  kind text not null check (kind in ('command', 'query')),
  operation text not null,
  object text,
  record_ids uuid[] not null default '{}',
  -- How many records there were, also where the ids of some are left out.
  record_count int not null default 0,
  outcome text not null check (outcome in ('done', 'failed')),
  error_code text,
  duration_ms int not null,
  ip text,
  user_agent text,
  request_id text not null,
  source text not null,
  primary key (tenant_id, at, id)
) partition by range (at);
create index operation_log_actor on operation_log (tenant_id, actor_id, at, id) where actor_id is not null;
create index operation_log_records on operation_log using gin (record_ids);

alter table operation_log enable row level security;
alter table operation_log force row level security;
create policy operation_log_of_tenant on operation_log
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on operation_log to oneforge_app;

-- Nobody changes what was logged. Its owner lets go of the past by whole months: by dropping a partition.
create function keep_operation_log() returns trigger language plpgsql as $$
begin
  raise exception 'The log of operations can only be added to' using errcode = '42501';
end $$;
create trigger operation_log_kept before update or delete on operation_log
  for each row execute function keep_operation_log();
create trigger operation_log_kept_whole before truncate on operation_log
  for each statement execute function keep_operation_log();

-- Makes the partitions of last month, this one and those to come; returns how many were missing. The application cannot
-- make tables: this function is the only way.
create function prepare_operation_log(months_ahead int) returns int
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  this_month timestamp := date_trunc('month', now() at time zone 'UTC');
  month timestamp;
  part text;
  made int := 0;
begin
  perform pg_advisory_xact_lock(7302030);
  for month in select this_month + make_interval(months => i) from generate_series(-1, least(months_ahead, 120)) i loop
    part := 'operation_log_' || to_char(month, 'YYYY_MM');
    continue when to_regclass('public.' || part) is not null;
    -- Attaching a finished table lets the log be written to in the meantime, which creating a partition would not.
    execute format('create table %I (like operation_log including defaults including constraints)', part);
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      part || '_of_tenant', part);
    execute format('create trigger operation_log_kept_whole before truncate on %I for each statement
      execute function keep_operation_log()', part);
    execute format('alter table operation_log attach partition %I for values from (%L) to (%L)', part,
      month::text || '+00', (month + interval '1 month')::text || '+00');
    made := made + 1;
  end loop;
  return made;
end $$;
revoke execute on function prepare_operation_log(int) from public;
grant execute on function prepare_operation_log(int) to oneforge_app;
select prepare_operation_log(12);

-- The entries of the transaction's tenant that name a record. Row-level security would keep the index from being used,
-- as comparing arrays is not leakproof: this function looks past it, at one record of one tenant.
create function operations_on_record(wanted uuid) returns table (at timestamptz, id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select o.at, o.id from operation_log o where o.tenant_id = current_tenant() and o.record_ids @> array[wanted] $$;
revoke execute on function operations_on_record(uuid) from public;
grant execute on function operations_on_record(uuid) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom that function runs.
do $$ begin
  execute format('create policy operation_log_for_owner on operation_log for select to %I using (true)', current_user);
end $$;
