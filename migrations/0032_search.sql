-- What search knows beside the records: which of them a person opened lately, and the words that stand in titles, so that
-- a mistyped one can be put right (packages/kernel/records/search).

create table record_visits (
  tenant_id uuid not null,
  user_id uuid not null,
  record_id uuid not null,
  opened_at timestamptz not null default now(),
  primary key (tenant_id, user_id, record_id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade,
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
) with (fillfactor = 70);
create index record_visits_latest on record_visits (tenant_id, user_id, opened_at);
create index record_visits_record on record_visits (tenant_id, record_id);

-- Each word of letters once, with the record that brought it. Nobody waits for another who brings the same word: both
-- stand then, which does no harm.
create table title_words (
  tenant_id uuid not null,
  word text collate "C" not null,
  record_id uuid not null,
  primary key (tenant_id, word, record_id),
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);
create index title_words_record on title_words (tenant_id, record_id);
create index title_words_similar on title_words using gin (tenant_id, word gin_trgm_ops);

do $$
declare
  name text;
begin
  foreach name in array array['record_visits', 'title_words'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      name || '_of_tenant', name);
    execute format('grant select, insert, update, delete on %I to oneforge_app', name);
  end loop;
end $$;

-- Codes and numbers are no words: nobody mistypes them into another that is meant.
create function words_of_title(title_key text) returns setof text language sql immutable
  set search_path = public, pg_temp
  as $$ select distinct word from regexp_split_to_table(title_key, '[^[:alpha:]]+') as word where length(word) between 4 and 40 $$;

-- One look into the index for each word: as one statement it is planned for all words of the tenant.
create function note_title_words() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  found_word text;
begin
  for found_word in select w from words_of_title(new.title_key) as w loop
    continue when exists (select from title_words t where t.tenant_id = new.tenant_id and t.word = found_word);
    insert into title_words (tenant_id, word, record_id) values (new.tenant_id, found_word, new.id);
  end loop;
  return null;
end $$;
create trigger records_words after insert on records for each row execute function note_title_words();
create trigger records_words_changed after update of title_key on records for each row
  when (old.title_key is distinct from new.title_key) execute function note_title_words();

insert into title_words (tenant_id, word, record_id)
select distinct on (r.tenant_id, w.word) r.tenant_id, w.word, r.id
from records r cross join lateral words_of_title(r.title_key) as w (word)
order by r.tenant_id, w.word, r.id;

-- Words of the transaction's tenant that look like this one, the likest first. Row-level security would keep the index
-- from being used, as likeness is not leakproof: this function looks past it, at one tenant. How like is like enough says
-- pg_trgm.similarity_threshold of the transaction.
create function similar_words(wanted text) returns table (word text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select t.word from title_words t where t.tenant_id = current_tenant() and t.word % wanted
    group by t.word order by similarity(t.word, wanted) desc, t.word limit 60 $$;
revoke execute on function similar_words(text) from public;
grant execute on function similar_words(text) to oneforge_app;

-- Forced row-level security holds for the owner too, as whom that function runs.
do $$ begin
  execute format('create policy title_words_for_owner on title_words for select to %I using (true)', current_user);
end $$;
