-- What a template brought is known by its ids, so that it is followed when the workspace gives it another name.

alter table template_origins
  -- {"objects.patients": id, "objects.patients.fields.phone": id} by the names of the template. Empty: not known.
  add column ids jsonb not null default '{}';
alter table published_templates
  -- What is new in the version, for who may upgrade to it.
  add column notes text check (char_length(notes) between 1 and 2000);
