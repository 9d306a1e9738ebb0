-- Since when a record is in the stages of its further pipelines, by the field of the pipeline; what is missing: since it was
-- made. The main pipeline has the column stage_since.
alter table records add column stages_since jsonb not null default '{}';

do $$
declare
  name text;
begin
  -- Forced row-level security holds for the owner too, as whom the migration runs.
  foreach name in array array['objects', 'fields', 'records', 'stage_stays'] loop
    execute format('create policy %I on %I to current_user using (true) with check (true)', name || '_begun', name);
  end loop;

  update records r set stages_since = since.stages
  from (
    select s.tenant_id, s.record_id, jsonb_object_agg(s.field_id, s.entered_at) as stages
    from stage_stays s
    join objects o on o.tenant_id = s.tenant_id and o.id = s.object_id
    join fields f on f.tenant_id = s.tenant_id and f.id = s.field_id
    where s.left_at is null and f.key is distinct from o.definition -> 'roles' ->> 'stage'
    group by s.tenant_id, s.record_id
  ) as since
  where r.tenant_id = since.tenant_id and r.id = since.record_id;

  foreach name in array array['objects', 'fields', 'records', 'stage_stays'] loop
    execute format('drop policy %I on %I', name || '_begun', name);
  end loop;
end $$;
