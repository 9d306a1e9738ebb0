-- A third problem that a statement finds with what it has written: records that are no longer within their writer's reach.
create or replace function raise_problem(kind text, problem jsonb) returns int language plpgsql as $$
begin
  raise exception '%', problem::text using errcode = case kind
    when 'duplicate' then 'OF002' when 'outside' then 'OF005' else 'OF003' end;
end $$;
