-- Stored answers of commands that were to be done once hold what the record held then: they are kept for two days, in
-- which a caller may repeat, and not longer.

create index idempotency_keys_created on idempotency_keys (created_at);

-- All tenants at once: this function is the only way past row-level security here, and deletes old answers alone.
create function prune_answers() returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  deleted bigint;
begin
  delete from idempotency_keys where created_at < now() - interval '2 days';
  get diagnostics deleted = row_count;
  return deleted;
end $$;
revoke execute on function prune_answers() from public;
grant execute on function prune_answers() to oneforge_app;

-- Forced row-level security holds for the owner too, as whom the function runs.
do $$ begin
  execute format('create policy idempotency_keys_for_owner on idempotency_keys to %I using (true) with check (true)', current_user);
end $$;
