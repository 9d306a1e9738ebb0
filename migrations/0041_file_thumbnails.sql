-- Small pictures of files.

alter table file_versions add column thumbnail_key text;
