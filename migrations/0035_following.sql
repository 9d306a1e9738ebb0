-- What a person keeps an eye on: records that they follow, and the few things that they want at hand.

-- Who owns a record or made it follows it without a row, unless they wish otherwise (follow_settings); a row says what a
-- person has chosen themselves, also that they do not want to follow what is theirs.
create table follows (
  tenant_id uuid not null,
  record_id uuid not null,
  user_id uuid not null,
  following boolean not null,
  chosen_at timestamptz not null default now(),
  primary key (tenant_id, record_id, user_id),
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);
create index follows_user on follows (tenant_id, user_id);

create table follow_settings (
  tenant_id uuid not null,
  user_id uuid not null,
  owned boolean not null default true,
  created boolean not null default true,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);

create table favourites (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  record_id uuid,
  view_id uuid,
  -- An address inside the workspace's page, with the name that it had there.
  page text,
  label text,
  position int not null,
  primary key (tenant_id, id),
  check (num_nonnulls(record_id, view_id, page) = 1),
  unique nulls not distinct (tenant_id, user_id, record_id, view_id, page),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade,
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade,
  foreign key (tenant_id, view_id) references views (tenant_id, id) on delete cascade
);
create index favourites_record on favourites (tenant_id, record_id) where record_id is not null;
create index favourites_view on favourites (tenant_id, view_id) where view_id is not null;

do $$
declare
  name text;
begin
  foreach name in array array['follows', 'follow_settings', 'favourites'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;
