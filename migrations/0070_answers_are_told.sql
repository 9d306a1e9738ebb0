-- Whoever an e-mail is about, or has written it, is told that it was answered (packages/modules/notifications).

alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in
  ('mention', 'assigned', 'answered', 'changed', 'moved', 'noted', 'commented', 'reminder', 'workflow', 'job_ended',
   'invitation_accepted'));
