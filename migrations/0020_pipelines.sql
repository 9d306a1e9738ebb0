-- Stays in the stages of pipelines: when a record came, when it left, and what was said of it. A stay belongs to the
-- field whose options are the stages, so that the pipeline may be renamed.

create table stage_stays (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  object_id uuid not null,
  record_id uuid not null,
  field_id uuid not null,
  stage text not null,
  entered_at timestamptz not null,
  entered_by uuid,
  -- False where nobody wrote down when it began: the record was there before.
  exact boolean not null default true,
  left_at timestamptz,
  left_by uuid,
  -- The stage that followed; null where the pipeline was left empty.
  left_to text,
  -- As they were when the record came.
  owner_id uuid,
  amount_minor bigint,
  currency text,
  reason text,
  note text,
  -- What was ticked off: {item: {at, by}}.
  ticks jsonb not null default '{}',
  primary key (tenant_id, record_id, id),
  check (left_at >= entered_at),
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);
-- A record is in one stage of a pipeline at a time, whoever moves it.
create unique index stage_stays_open on stage_stays (tenant_id, record_id, field_id) where left_at is null;
create index stage_stays_entered on stage_stays (tenant_id, field_id, entered_at);
create index stage_stays_standing on stage_stays (tenant_id, field_id, stage, entered_at) where left_at is null;

alter table stage_stays enable row level security;
alter table stage_stays force row level security;
create policy stage_stays_of_tenant on stage_stays
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on stage_stays to oneforge_app;

-- Since when the record is in its stage; null: since it was made.
alter table records add column stage_since timestamptz;

-- Records that are there: since their last change of stage where the history tells it, else since they were made.
do $$
declare
  name text;
begin
  -- Forced row-level security holds for the owner too, as whom the migration runs.
  foreach name in array array['objects', 'fields', 'records', 'audit_entries', 'stage_stays'] loop
    execute format('create policy %I on %I to current_user using (true) with check (true)', name || '_begun', name);
  end loop;

  insert into stage_stays (tenant_id, object_id, record_id, field_id, stage, entered_at, exact, owner_id, amount_minor, currency)
  select r.tenant_id, r.object_id, r.id, f.id, r.data ->> f.key, coalesce(change.at, r.created_at),
    r.version = 1 or change.at is not null, r.owner_id, r.amount_minor, r.currency
  from objects o
  cross join jsonb_array_elements(o.definition -> 'pipelines') as p
  join fields f on f.tenant_id = o.tenant_id and f.object_id = o.id and f.key = p ->> 'field'
  join records r on r.tenant_id = o.tenant_id and r.object_id = o.id
  left join lateral (
    select max(a.at) as at from audit_entries a
    where a.tenant_id = r.tenant_id and a.record_id = r.id and a.action = 'updated' and a.changes ? f.key
  ) as change on r.version > 1
  where jsonb_typeof(o.definition -> 'pipelines') = 'array' and r.data ->> f.key is not null
  on conflict do nothing;

  update records r set stage_since = s.entered_at
  from stage_stays s
  join objects o on o.tenant_id = s.tenant_id and o.id = s.object_id
  join fields f on f.tenant_id = s.tenant_id and f.id = s.field_id and f.key = o.definition -> 'roles' ->> 'stage'
  where r.tenant_id = s.tenant_id and r.id = s.record_id and s.entered_at <> r.created_at;

  foreach name in array array['objects', 'fields', 'records', 'audit_entries', 'stage_stays'] loop
    execute format('drop policy %I on %I', name || '_begun', name);
  end loop;
end $$;
