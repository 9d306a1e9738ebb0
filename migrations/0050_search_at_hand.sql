-- One inverted index for a record's words and its values, so that a word and a condition, each of which many records fulfil, are
-- intersected inside of it: two indexes would tell all records of each. It takes the place of both (packages/kernel/records/search).
-- The old ones go first: the lock for it is the strongest, and is not waited for while a weaker one holds up writers.
drop index records_search_words;
drop index records_data;
create index records_words_and_data on records using gin (object_id, data jsonb_path_ops, search_words(object_id, search))
  with (fastupdate = off);

-- What is asked of an inverted index is there at once. Entries that wait to be sorted in are read by each question for itself, and
-- a search asks for words once in each object: with 40 pages of such entries that was ten times what the index itself took.
-- Whoever writes sorts in a record's few words at the same price; its many groups of three letters are still gathered, but
-- only 64 KB of them.
do $$
declare
  leaf regclass;
begin
  for leaf in select relid from pg_partition_tree('records_search') where isleaf loop
    execute format('alter index %s set (gin_pending_list_limit = 64)', leaf);
  end loop;
end $$;
alter index title_words_similar set (fastupdate = off);
select gin_clean_pending_list('title_words_similar');

-- An e-mail address that is being typed: a range of texts that are compared byte by byte, whatever the database's order.
create index records_email_begins on records (object_id, email collate "C") where email is not null;
