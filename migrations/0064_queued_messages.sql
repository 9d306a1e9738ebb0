-- Since when a message waits to be sent: one that is tried again waits anew (packages/modules/messaging).

alter table outgoing_messages add column queued_at timestamptz not null default now();
