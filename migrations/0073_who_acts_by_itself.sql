-- What acts by itself and changes a record, such as a workflow, as it was called then.
alter table audit_entries add column acted_by text;
