-- How pages are arranged: the navigation of a workspace and the sections of an object's records, for everybody and for
-- single roles (packages/kernel/metadata/arrangements.ts). Both are parts of versions, as the rest of the metadata is.

alter table tenants add column navigation jsonb;
alter table objects add column layout jsonb;

-- As in 0021; an arrangement that nobody has made is no part of the state, so that versions from before it compare equal.
create or replace function metadata_state(kind text, definition jsonb) returns jsonb language sql immutable
  set search_path = public, pg_temp as $$
  select case
    when definition is null or (kind = 'view' and definition ->> 'owner_id' is not null) then null
    when kind = 'workspace' then jsonb_build_object('template_slug', definition -> 'template_slug',
      'template_version', definition -> 'template_version', 'currency', definition -> 'currency')
      || case when definition ->> 'navigation' is null then '{}'
           else jsonb_build_object('navigation', definition -> 'navigation') end
    when kind in ('object', 'field') then known || jsonb_build_object('retired', definition ->> 'retired_at' is not null)
    else known
  end
  from (select definition - array['tenant_id', 'id', 'owner_id', 'created_at', 'updated_at', 'retired_at', 'derive_job', 'moving',
    'changed_in'] - case when definition ->> 'layout' is null then 'layout' else '' end) as row_of (known)
$$;

drop trigger tenants_noted on tenants;
create trigger tenants_noted after update of template_slug, template_version, currency, navigation on tenants
  for each row execute function note_metadata('workspace');
