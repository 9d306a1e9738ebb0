-- Figures of stays, added up by the day on which these began, so that years of them are read at once. What changes stays marks
-- their days in its own transaction; a marked day is added up from the stays themselves until a job has done it anew.

create table stage_days (
  tenant_id uuid not null,
  -- Of the field whose options are the stages.
  field_id uuid not null,
  -- In the zone of the rules below.
  day date not null,
  stage text not null,
  owner_id uuid,
  -- Why, and in which currency: of stages where the way ends badly.
  reason text,
  currency text,
  -- How long the stays took, in steps of a power of e^(1/8) seconds; null: they last.
  span int,
  entered int not null,
  moved_on int not null,
  won int not null,
  amount_minor numeric,
  total_seconds float8,
  seconds float8[]
);
create index stage_days_of_field on stage_days (tenant_id, field_id, day);

-- What the sums rest on; where a pipeline or the zone has changed since, they are no good.
create table stage_day_rules (
  tenant_id uuid not null,
  field_id uuid not null,
  time_zone text not null,
  forward text[] not null,
  won text[] not null,
  lost text[] not null,
  primary key (tenant_id, field_id)
);

-- Moments on days that have changed since they were added up. Rows are only added, so that nobody waits for anybody.
create table stage_day_changes (
  tenant_id uuid not null,
  field_id uuid not null,
  at timestamptz not null
);
create index stage_day_changes_of_field on stage_day_changes (tenant_id, field_id);

do $$
declare
  name text;
begin
  foreach name in array array['stage_days', 'stage_day_rules', 'stage_day_changes'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
  -- Forced row-level security holds for the owner too, as whom the function below runs.
  execute format('create policy stage_day_changes_for_owner on stage_day_changes to %I using (true) with check (true)', current_user);
end $$;

-- A day of a zone begins at a quarter of an hour. What was won afterwards depends on the other stays of the record. Where and
-- when a stay began is never changed.
create function note_stays() returns trigger language plpgsql as $$
begin
  insert into stage_day_changes (tenant_id, field_id, at)
  select distinct s.tenant_id, s.field_id, date_bin('15 minutes', s.entered_at, timestamptz 'epoch')
  from (
    select c.tenant_id, c.field_id, c.entered_at from changed c
    union all
    select o.tenant_id, o.field_id, o.entered_at from changed c
    join stage_stays o on o.tenant_id = c.tenant_id and o.record_id = c.record_id and o.field_id = c.field_id
  ) as s;
  return null;
end $$;
create trigger stays_entered after insert on stage_stays referencing new table as changed
  for each statement execute function note_stays();
create trigger stays_changed after update on stage_stays referencing new table as changed
  for each statement execute function note_stays();
create trigger stays_gone after delete on stage_stays referencing old table as changed
  for each statement execute function note_stays();

-- Records in the trash do not count.
create function note_stays_of_trashed() returns trigger language plpgsql as $$
begin
  insert into stage_day_changes (tenant_id, field_id, at)
  select distinct s.tenant_id, s.field_id, date_bin('15 minutes', s.entered_at, timestamptz 'epoch')
  from stage_stays s where s.tenant_id = new.tenant_id and s.record_id = new.id;
  return null;
end $$;
create trigger stays_of_trashed after update of deleted_at on records for each row
  when ((old.deleted_at is null) <> (new.deleted_at is null)) execute function note_stays_of_trashed();

-- All tenants at once: this function is the only way past row-level security here, and tells ids alone.
create function changed_pipelines() returns table (tenant_id uuid, field_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct c.tenant_id, c.field_id from stage_day_changes c
$$;
revoke execute on function changed_pipelines() from public;
grant execute on function changed_pipelines() to oneforge_app;

-- Pipelines that are there already are added up when the job comes by.
do $$
begin
  create policy stage_stays_begun on stage_stays to current_user using (true) with check (true);
  insert into stage_day_changes (tenant_id, field_id, at)
  select tenant_id, field_id, max(entered_at) from stage_stays group by tenant_id, field_id;
  drop policy stage_stays_begun on stage_stays;
end $$;

-- What stands in each stage is added up without the table: amounts and owners stand in the index of stages.
drop index records_stage;
create index records_stage on records (object_id, stage, created_at, id) include (tenant_id, amount_minor, currency, owner_id)
  where stage is not null and deleted_at is null;
