-- Forms that people fill in, in front of the workspace or inside of it (packages/modules/forms).

create table forms (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  object_id uuid not null,
  name text not null,
  audience text not null check (audience in ('public', 'internal')),
  -- What stands in the address of a public form: known to whoever is to fill it in, guessed by nobody.
  address text not null unique check (length(address) = 16),
  published boolean not null default false,
  definition jsonb not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, object_id) references objects (tenant_id, id) on delete cascade
);
create index forms_object on forms (tenant_id, object_id);

-- How often it was looked at, begun, sent and refused, by day in the workspace's zone.
create table form_days (
  tenant_id uuid not null,
  form_id uuid not null,
  day date not null,
  seen int not null default 0,
  begun int not null default 0,
  sent int not null default 0,
  refused int not null default 0,
  spam int not null default 0,
  primary key (tenant_id, form_id, day),
  foreign key (tenant_id, form_id) references forms (tenant_id, id) on delete cascade
);

-- What came in. The answers are in the record that was made of them and nowhere else.
create table form_submissions (
  tenant_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  -- One of each form that was handed out: sending it again is no second submission.
  nonce uuid not null,
  outcome text not null check (outcome in ('created', 'updated', 'spam')),
  record_id uuid,
  user_id uuid,
  seconds int not null,
  at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, form_id, nonce),
  foreign key (tenant_id, form_id) references forms (tenant_id, id) on delete cascade
);
create index form_submissions_latest on form_submissions (tenant_id, form_id, at desc, id desc);

-- Files of forms that were not sent yet.
create table form_uploads (
  tenant_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  nonce uuid not null,
  content jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, form_id) references forms (tenant_id, id) on delete cascade
);
create index form_uploads_nonce on form_uploads (tenant_id, form_id, nonce);
create index form_uploads_age on form_uploads (created_at) include (tenant_id);

do $$
declare
  name text;
begin
  foreach name in array array['forms', 'form_days', 'form_submissions', 'form_uploads'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- A form is opened by its address before anybody knows of which workspace.
create function find_form(wanted text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select f.tenant_id, f.id from forms f where f.address = wanted and f.published and f.audience = 'public'
$$;
revoke execute on function find_form(text) from public;
grant execute on function find_form(text) to oneforge_app;

-- Whose files of forms that were never sent are to be forgotten.
create function tenants_with_form_uploads(before timestamptz) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct u.tenant_id from form_uploads u where u.created_at < before
$$;
revoke execute on function tenants_with_form_uploads(timestamptz) from public;
grant execute on function tenants_with_form_uploads(timestamptz) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom these functions run.
do $$
declare
  name text;
begin
  foreach name in array array['forms', 'form_uploads'] loop
    execute format('create policy %I on %I for select to %I using (true)', name || '_for_owner', name, current_user);
  end loop;
end $$;

-- What comes by a form comes from somebody without an account.
alter table record_files alter column created_by drop not null;
alter table file_versions alter column created_by drop not null;
