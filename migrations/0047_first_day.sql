-- What a member has seen of their first day (packages/modules/workspace/first-day.steps.ts), and whether they are through
-- with it. Null: nobody has said, and it ends by itself some time after they joined.

alter table memberships
  add column first_day_seen text[] not null default '{}',
  add column first_day_over boolean;
