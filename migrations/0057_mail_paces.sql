-- A moment for each message in place of counters: who waits knows when their turn is (packages/modules/messaging).

alter table mail_paces
  drop column minute_began,
  drop column in_minute,
  drop column day_began,
  drop column in_day,
  -- When all that was taken on would be sent at an even pace, by the limits of the minute and of the day.
  add column next_by_minute timestamptz not null default now(),
  add column next_by_day timestamptz not null default now();

alter table outgoing_messages
  -- Whether receivers may end such messages: then it is sent to none who has.
  add column marketing boolean not null default false;
