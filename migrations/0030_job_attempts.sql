-- How many runs have taken a job over since it last got on: after several it fails, instead of being tried for ever or of
-- being left where it stands with its last run.

alter table jobs add column attempts int not null default 0;
