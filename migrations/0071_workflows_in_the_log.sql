-- What acts by itself and calls an operation, such as a workflow, as it was called then.
alter table operation_log add column acted_by text;
