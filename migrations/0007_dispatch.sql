-- What the dispatcher needs beside its cursors: the events that a consumer could not handle yet, and the removal of
-- events that everybody has seen.

-- A row waits for its next attempt, waits behind an earlier event of its record (attempts 0), or is parked: given up
-- until an operator looks at it.
create table event_failures (
  tenant_id uuid not null references tenants (id) on delete cascade,
  consumer text not null,
  seq bigint not null,
  attempts int not null,
  error text,
  failed_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  parked_at timestamptz,
  primary key (tenant_id, consumer, seq),
  -- An event stays as long as somebody still has to handle it.
  foreign key (tenant_id, seq) references events (tenant_id, seq)
);
create index event_failures_waiting on event_failures (consumer, seq) where parked_at is null;
create index event_failures_parked on event_failures (parked_at) where parked_at is not null;
create index event_failures_event on event_failures (tenant_id, seq);

alter table event_failures enable row level security;
alter table event_failures force row level security;
create policy event_failures_of_tenant on event_failures
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy event_failures_for_dispatcher on event_failures to oneforge_dispatcher using (true) with check (true);
grant select on event_failures to oneforge_app;
grant select, insert, update, delete on event_failures to oneforge_dispatcher;
grant delete on event_cursors to oneforge_dispatcher;

-- Deletes up to `at_most` events that are older than `older_than`, that every consumer has passed, and that nobody still
-- has to handle; returns how many. The application may not delete events: this function is the only way, and with no
-- consumer registered it deletes nothing.
create function prune_events(older_than interval, at_most int) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  deleted bigint;
begin
  if older_than < interval '1 day' then
    raise exception 'Events of the last day are kept: ask for 1 day or more' using errcode = '22023';
  end if;
  with old as (
    select e.tenant_id, e.seq from events e
    where e.xid < (select min(pg_snapshot_xmax(c.seen)) from event_cursors c)
      and not exists (select from event_cursors c where not pg_visible_in_snapshot(e.xid, c.seen))
      and e.at < now() - older_than
      and not exists (select from event_failures f where f.tenant_id = e.tenant_id and f.seq = e.seq)
    order by e.xid limit at_most
  )
  delete from events e using old where e.tenant_id = old.tenant_id and e.seq = old.seq;
  get diagnostics deleted = row_count;
  return deleted;
end $$;
revoke execute on function prune_events(interval, int) from public;
grant execute on function prune_events(interval, int) to oneforge_app;

-- A dump that was restored into another server brings transaction numbers of the old one, which say nothing here: new
-- events would seem to lie in the past. Recognises that, and gives every event and cursor a number of this server; what
-- not every consumer had passed is handed on to all of them again. Returns whether it had to.
create function rebase_events() returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ahead xid8 := pg_snapshot_xmax(pg_current_snapshot());
begin
  lock table event_cursors in share row exclusive mode;
  if not exists (select from event_cursors where pg_snapshot_xmax(seen) > ahead)
     and not exists (select from events where xid > ahead) then
    return false;
  end if;
  -- 3 is the first number a transaction can have: long past in every server.
  update events e set xid = case
    when exists (select from event_cursors c where not pg_visible_in_snapshot(e.xid, c.seen)) then pg_current_xact_id()
    else '3'::xid8 end;
  update event_cursors set seen = pg_current_snapshot(), reading = pg_current_snapshot(), seq = 0;
  return true;
end $$;
revoke execute on function rebase_events() from public;
grant execute on function rebase_events() to oneforge_app;

-- Forced row-level security holds for the owner too, as whom these functions run.
do $$ begin
  execute format('create policy events_for_owner on events to %I using (true) with check (true)', current_user);
  execute format('create policy event_failures_for_owner on event_failures for select to %I using (true)', current_user);
end $$;
