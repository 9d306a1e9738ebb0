-- Every change of what a workspace is made of is a version: triggers record it where it is written, whoever writes it, so
-- that no change can do without. The application reads versions; only the triggers write them, and nobody changes one.

create table metadata_versions (
  tenant_id uuid not null references tenants (id) on delete cascade,
  -- 1, 2, 3 … in each workspace
  number bigint not null,
  at timestamptz not null default now(),
  -- Null: the system, or work on the database by hand.
  actor_id uuid,
  operation text,
  source text,
  request_id text,
  -- The version that this one takes back, or whose state it brings back.
  undoes bigint,
  restores bigint,
  primary key (tenant_id, number)
);

-- What a version found and what it left: one row for each thing that it changed. Null where there was, or is, nothing.
create table metadata_changes (
  tenant_id uuid not null,
  number bigint not null,
  kind text not null check (kind in ('object', 'field', 'relation', 'view', 'role', 'workflow', 'dashboard', 'workspace')),
  entity_id uuid not null,
  before jsonb,
  after jsonb,
  primary key (tenant_id, number, kind, entity_id),
  foreign key (tenant_id, number) references metadata_versions (tenant_id, number) on delete cascade
);
create index metadata_changes_entity on metadata_changes (tenant_id, kind, entity_id, number);

do $$
declare
  name text;
begin
  foreach name in array array['metadata_versions', 'metadata_changes'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select on %I to oneforge_app', name);
  end loop;
end $$;

-- The version that last changed the object or one of its fields: what administrators say they have seen.
alter table objects add column changed_in bigint not null default 0;

-- A row as versions know it: all but what only the system's own work needs. One's own view is nobody else's business.
create function metadata_state(kind text, definition jsonb) returns jsonb language sql immutable
  set search_path = public, pg_temp as $$
  select case
    when definition is null or (kind = 'view' and definition ->> 'owner_id' is not null) then null
    when kind = 'workspace' then jsonb_build_object('template_slug', definition -> 'template_slug',
      'template_version', definition -> 'template_version', 'currency', definition -> 'currency')
    when kind in ('object', 'field') then known || jsonb_build_object('retired', definition ->> 'retired_at' is not null)
    else known
  end
  from (select definition - array['tenant_id', 'id', 'owner_id', 'created_at', 'updated_at', 'retired_at', 'derive_job', 'moving',
    'changed_in']) as row_of (known)
$$;

-- The number of this transaction's version, which begins with its first change.
create function metadata_version_of(tenant uuid) returns bigint language plpgsql
  set search_path = public, pg_temp as $$
declare
  begun text := nullif(current_setting('oneforge.metadata_version', true), '');
  author jsonb := nullif(current_setting('oneforge.author', true), '')::jsonb;
  this_version bigint;
begin
  if split_part(begun, ' ', 1) = tenant::text then
    return split_part(begun, ' ', 2)::bigint;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(tenant::text || ' versions', 0));
  select coalesce(max(number), 0) + 1 into this_version from metadata_versions where tenant_id = tenant;
  insert into metadata_versions (tenant_id, number, actor_id, operation, source, request_id, undoes, restores)
  values (tenant, this_version, (author ->> 'userId')::uuid, author ->> 'operation', author ->> 'source', author ->> 'requestId',
    (author ->> 'undoes')::bigint, (author ->> 'restores')::bigint);
  perform set_config('oneforge.metadata_version', tenant::text || ' ' || this_version, true);
  return this_version;
end $$;
revoke all on function metadata_version_of(uuid) from public;

create function note_metadata() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kind_of text := tg_argv[0];
  earlier jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  later jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  state_before jsonb := metadata_state(kind_of, earlier);
  state_after jsonb := metadata_state(kind_of, later);
  entity uuid := coalesce(later, earlier) ->> 'id';
  tenant uuid := coalesce(coalesce(later, earlier) ->> 'tenant_id', entity::text);
  this_version bigint;
begin
  if state_before is not distinct from state_after then
    return null;
  end if;
  -- A workspace that goes takes its versions along.
  if not exists (select from tenants where id = tenant) then
    return null;
  end if;
  this_version := metadata_version_of(tenant);
  insert into metadata_changes (tenant_id, number, kind, entity_id, before, after)
  values (tenant, this_version, kind_of, entity, state_before, state_after)
  on conflict (tenant_id, number, kind, entity_id) do update set after = excluded.after;
  if kind_of in ('object', 'field') and later is not null then
    update objects set changed_in = this_version
    where tenant_id = tenant and id = case kind_of when 'object' then entity else (later ->> 'object_id')::uuid end
      and changed_in <> this_version;
  end if;
  return null;
end $$;
revoke all on function note_metadata() from public;

create trigger objects_noted after insert or update or delete on objects
  for each row execute function note_metadata('object');
create trigger fields_noted after insert or update or delete on fields
  for each row execute function note_metadata('field');
create trigger relations_noted after insert or update or delete on relations
  for each row execute function note_metadata('relation');
create trigger views_noted after insert or update or delete on views
  for each row execute function note_metadata('view');
create trigger roles_noted after insert or update or delete on roles
  for each row execute function note_metadata('role');
create trigger workflows_noted after insert or update or delete on workflows
  for each row execute function note_metadata('workflow');
create trigger dashboards_noted after insert or update or delete on dashboards
  for each row execute function note_metadata('dashboard');
create trigger tenants_noted after update of template_slug, template_version, currency on tenants
  for each row execute function note_metadata('workspace');
