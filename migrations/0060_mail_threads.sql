-- Which message each e-mail record is of: answers and what they answer stand in one thread (packages/modules/correspondence).

create table mail_headers (
  tenant_id uuid not null,
  record_id uuid not null,
  -- Its Message-ID, and those of the messages before it in the thread, the first first; each with its angle brackets.
  message_header text not null,
  before text[] not null default '{}',
  primary key (tenant_id, record_id),
  foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade
);

alter table mail_headers enable row level security;
alter table mail_headers force row level security;
create policy mail_headers_of_tenant on mail_headers
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on mail_headers to oneforge_app;
