-- What a step of a run has noted counts as the JSON that a run holds in memory when it goes on, not as the little that the
-- database makes of it on disk. A generated column: whoever writes a step writes it too. The table is rewritten once.
alter table workflow_steps add column bytes int not null
  generated always as (coalesce(octet_length(input::text), 0) + coalesce(octet_length(output::text), 0)) stored;
