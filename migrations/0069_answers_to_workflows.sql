-- Answers to what workflows write come back as those to what people write: then nobody has written it, and what arrives is
-- the system's own (packages/modules/correspondence).

alter table sent_emails alter column user_id drop not null;

alter table received_mail drop constraint received_mail_pkey;
alter table received_mail alter column user_id drop not null;
alter table received_mail add constraint received_mail_once unique nulls not distinct (tenant_id, user_id, digest);
