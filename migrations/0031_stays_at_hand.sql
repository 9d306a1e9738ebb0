-- What figures ask of stays stands in the index by which they find them: a period is read without the table.
drop index stage_stays_entered;
create index stage_stays_entered on stage_stays (tenant_id, field_id, entered_at)
  include (record_id, stage, left_at, left_to, owner_id);
