-- Files of forms come part by part, for a question, and each says until when it may wait (packages/modules/forms).

alter table form_uploads
  add column question text,
  add column size bigint not null default 0,
  add column received bigint not null default 0,
  -- Tells one visitor's files from another's, and leads back to nobody.
  add column visitor text,
  add column expires_at timestamptz not null default now() + interval '2 days';
drop index form_uploads_age;
create index form_uploads_expiry on form_uploads (expires_at) include (tenant_id);

-- Whose files have waited for too long.
create or replace function tenants_with_form_uploads(before timestamptz) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct u.tenant_id from form_uploads u where u.expires_at < before
$$;
