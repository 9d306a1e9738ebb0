-- Relations to several objects, links that are ordered from both ends and of which one may be the primary one, and
-- what a deletion took along, so that it comes back with it.

alter table relations
  -- Where the field may point at records of further objects beside to_object_id.
  add column other_object_ids uuid[] not null default '{}';

alter table links
  add column is_primary boolean not null default false,
  -- The order seen from the record that is pointed at; null until somebody sets one. `position` is that of the field.
  add column to_position int;
create unique index links_primary on links (tenant_id, relation_id, from_id) where is_primary;

alter table records
  -- The record whose deletion took this one along.
  add column deleted_with uuid;
create index records_deleted_with on records (tenant_id, deleted_with) where deleted_with is not null;
