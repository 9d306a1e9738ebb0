-- The words of a record's searchable text, each after the last letters of its object's id: one look into the index
-- finds the records of one object that hold a word, or one that begins so, however many others hold it
-- (packages/kernel/records/search). Only ASCII marks part words, as in the application. Long numbers are left out: they are
-- looked for by their middle as well, which the index of three letters does, and they would be most of this one.

create function search_words(object_id uuid, search text) returns tsvector language sql immutable strict parallel safe cost 1000
  as $$ select array_to_tsvector(coalesce(array_agg(right(object_id::text, 6) || left(word, 40)), '{}'))
    from unnest(string_to_array(translate(search, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)), ' ')) as word
    where length(word) > 2 and (length(word) < 5 or rtrim(word, '0123456789') <> '') $$;

-- Beside the words a record's object is compared so that no index takes part: where objects are of very different sizes,
-- PostgreSQL would rather read a whole one.
create function is_of_object(record_object uuid, object_id uuid) returns boolean language sql immutable parallel safe
  as $$ select record_object is not distinct from object_id $$;

-- As in 0001_tenancy.sql: only what is leakproof may be a condition of an index under row-level security, and only a
-- superuser may say so. Elsewhere the index on objects bounds what is read.
do $$ begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    alter function search_words(uuid, text) leakproof;
    alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof;
  else
    create or replace function is_of_object(record_object uuid, object_id uuid) returns boolean language sql immutable parallel safe
      as 'select record_object = object_id';
  end if;
end $$;

create index records_search_words on records using gin (search_words(object_id, search));
