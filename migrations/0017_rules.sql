-- Unique keys of several fields, numbers that begin anew by period or location, and the short names of locations.

-- A value stands under the id of its unique field, or under that of a key of several fields, which has no row of its own.
alter table unique_values drop constraint unique_values_tenant_id_field_id_fkey;

-- Counters of numbers that do not simply go on: of one object's records (sequence '') or of one of its autonumber fields
-- (its id), within a scope such as '26' (a year) or 'SYD 26-05'.
create table number_counters (
  tenant_id uuid not null,
  object_id uuid not null,
  sequence text collate "C" not null,
  scope text collate "C" not null,
  last_number bigint not null default 0 check (last_number >= 0),
  primary key (tenant_id, object_id, sequence, scope),
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade
) with (fillfactor = 50);

alter table number_counters enable row level security;
alter table number_counters force row level security;
create policy number_counters_of_tenant on number_counters
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on number_counters to oneforge_app;

-- Locations get a short name for numbers: the first letters of their name, counted where two are alike.
alter table locations add column code text;

-- Forced row-level security holds for the owner too, as whom the migration runs.
create policy locations_named on locations to current_user using (true) with check (true);
update locations l set code = named.base || case when named.n = 1 then '' else named.n::text end
from (
  select tenant_id, id, base, row_number() over (partition by tenant_id, base order by position, name) as n
  from (
    select tenant_id, id, position, name,
      coalesce(nullif(left(upper(regexp_replace(normalize(name, nfkd) collate "C", '[^A-Za-z]', '', 'g')), 3), ''), 'LOC') as base
    from locations
  ) as bases
) as named
where named.tenant_id = l.tenant_id and named.id = l.id;
drop policy locations_named on locations;

alter table locations alter column code set not null;
alter table locations add constraint locations_code_check check (code ~ '^[A-Z0-9]{1,8}$');
alter table locations add constraint locations_tenant_id_code_key unique (tenant_id, code);
