/** The SQL of e-mails that are written here: what became of each, where answers come, and the threads they stand in. */
import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'

export interface SentEmail {
  tenantId: string
  /** Who has written it; null of a workflow's. */
  userId: string | null
  messageId: string
}

export interface NewSentEmail extends SentEmail {
  recordId: string
  address: string
  /** Its Message-ID. */
  header: string
  /** What stands before the @ of the address for answers; null where none arrive. */
  tag: string | null
}

export async function insertSentEmail(tx: Transaction, one: NewSentEmail): Promise<void> {
  await tx.query(sql`insert into sent_emails (tenant_id, message_id, record_id, user_id, address, message_header, tag)
    values (${one.tenantId}, ${one.messageId}, ${one.recordId}, ${one.userId}, lower(${one.address}), ${one.header}, ${one.tag})`)
}

/** Whose answer comes to this address, in whichever workspace. */
export async function findByTag(database: Database, tag: string): Promise<SentEmail | undefined> {
  const [found] = await database.run<SentEmail & Row>(
    {},
    sql`select tenant_id as "tenantId", user_id as "userId", message_id as "messageId" from find_sent_email(${tag})`,
  )
  return found
}

export interface StandingEmail extends Row {
  messageId: string
  recordId: string
  userId: string | null
  address: string
  header: string
}

const columns = sql`message_id as "messageId", record_id as "recordId", user_id as "userId", address, message_header as header`

/** The e-mail by the message's id in the outbox, or by its Message-ID. */
export async function findSentEmail(
  tx: Transaction,
  tenantId: string,
  by: { messageId: string } | { header: string },
): Promise<StandingEmail | undefined> {
  const condition = 'messageId' in by ? sql`message_id = ${by.messageId}` : sql`message_header = ${by.header}`
  const [row] = await tx.query<StandingEmail>(
    sql<StandingEmail>`select ${columns} from sent_emails where tenant_id = ${tenantId} and ${condition} limit 1`,
  )
  return row
}

/** Notes that it came back; false where that is known. */
export async function markBounced(
  tx: Transaction,
  tenantId: string,
  messageId: string,
  reason: string,
): Promise<boolean> {
  const rows = await tx.query(sql`update sent_emails set bounced_at = now(), bounce_reason = ${reason}
    where tenant_id = ${tenantId} and message_id = ${messageId} and bounced_at is null returning message_id`)
  return rows.length === 1
}

export interface EmailState extends Row {
  recordId: string
  address: string
  state: 'kept' | 'queued' | 'sending' | 'sent' | 'failed' | 'bounced'
  /** Of what could not be sent or came back. */
  reason: string | null
}

/** What became of the e-mails of these records; the outbox forgets, and what it has forgotten was sent. */
export const statesOf = (tx: Transaction, tenantId: string, recordIds: string[]): Promise<EmailState[]> =>
  tx.query<EmailState>(sql<EmailState>`select s.record_id as "recordId", s.address,
      case when s.bounced_at is not null then 'bounced' else coalesce(m.state, 'sent') end as state,
      coalesce(s.bounce_reason, m.last_error) as reason
    from sent_emails s left join outgoing_messages m on m.tenant_id = s.tenant_id and m.id = s.message_id
    where s.tenant_id = ${tenantId} and s.record_id = any(${recordIds}::uuid[]) order by s.created_at`)

export interface Header extends Row {
  header: string
  before: string[]
}

/** Beyond that the first ones are left out, as RFC 5322 lets one. */
const longestThread = 50

export async function noteHeader(
  tx: Transaction,
  tenantId: string,
  recordId: string,
  one: { header: string; before: string[] },
): Promise<void> {
  await tx.query(sql`insert into mail_headers (tenant_id, record_id, message_header, before)
    values (${tenantId}, ${recordId}, ${one.header}, ${one.before.slice(-longestThread)}::text[]) on conflict do nothing`)
}

export async function headerOf(tx: Transaction, tenantId: string, recordId: string): Promise<Header | undefined> {
  const [row] = await tx.query<Header>(
    sql<Header>`select message_header as header, before from mail_headers where tenant_id = ${tenantId} and record_id = ${recordId}`,
  )
  return row
}

/** What a member's messages end with; empty where they have none. */
export async function signatureOf(tx: Transaction, tenantId: string, userId: string): Promise<string> {
  const [row] = await tx.query<{ html: string } & Row>(
    sql`select html from mail_signatures where tenant_id = ${tenantId} and user_id = ${userId}`,
  )
  return row?.html ?? ''
}

export async function setSignature(tx: Transaction, tenantId: string, userId: string, html: string): Promise<void> {
  await tx.query(sql`insert into mail_signatures (tenant_id, user_id, html) values (${tenantId}, ${userId}, ${html})
    on conflict (tenant_id, user_id) do update set html = excluded.html, updated_at = now()`)
}

export interface Member extends Row {
  name: string
  email: string
  locale: string | null
}

export async function memberOf(tx: Transaction, userId: string): Promise<Member | undefined> {
  const [row] = await tx.query<Member>(sql<Member>`select name, email, locale from users where id = ${userId}`)
  return row
}
