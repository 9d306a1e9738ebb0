/** What a workspace keeps of the mail that its people write, each row with the victim's canary. */
import type { ApiClient } from '../client.ts'
import type { RunningSystem } from '../server.ts'

/** One row in each table of mail. */
export async function keepMail(system: RunningSystem, victim: ApiClient, recordId: string): Promise<void> {
  await system.sql(
    `with message as (
       select id from outgoing_messages where tenant_id = $1 limit 1
     ), attached as (
       insert into outgoing_attachments (tenant_id, message_id, position, name, type, content)
       select $1, id, 0, 'qx7a.pdf', 'application/pdf', 'qx7a' from message
     ), server as (
       insert into mail_servers (tenant_id, host, port, security, username, from_name, from_address, per_minute, per_day)
       values ($1, 'qx7a.example', 587, 'starttls', 'qx7a-user', 'qx7a-name', 'qx7a@example.com', 10, 100)
     ), pace as (
       insert into mail_paces (tenant_id, failures) values ($1, 7)
     ), suppressed as (
       insert into mail_suppressions (tenant_id, address, scope, reason, detail)
       values ($1, 'gone@example.com', 'all', 'bounced', 'qx7a-detail')
     ), template as (
       insert into mail_templates (tenant_id, id, name, mode, content, compiled)
       values ($1, gen_random_uuid(), 'qx7a-template', 'source', '{"en": {"subject": "qx7a", "mjml": ""}}', '{"en": "qx7a"}')
     ), picture as (
       insert into mail_images (tenant_id, id, name, type, content)
       values ($1, gen_random_uuid(), 'qx7a.png', 'image/png', 'qx7a')
     ), header as (
       insert into mail_headers (tenant_id, record_id, message_header) values ($1, $3, '<qx7a-thread@example.com>')
     ), signature as (
       insert into mail_signatures (tenant_id, user_id, html) values ($1, $2, 'qx7a-signature')
     )
     insert into sent_emails (tenant_id, message_id, record_id, user_id, address, message_header, tag)
     select $1, id, $3, $2, 'qx7a@example.com', '<qx7a@example.com>', 'qx7a2222222222222222' from message`,
    [victim.tenantId, victim.userId, recordId],
  )
}
