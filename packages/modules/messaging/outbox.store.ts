/** The SQL of outgoing messages. Transactions are bound to the tenant they belong to, or to `noTenant`. */
import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { MailAttachment, MailKind, NewMail } from './mail.port.ts'

export const messageStates = ['kept', 'queued', 'sending', 'sent', 'failed'] as const
export type MessageState = (typeof messageStates)[number]

export interface MessageRow extends Row {
  id: string
  kind: MailKind
  recipient: string
  subject: string
  /** Null once it was sent: it may have held a link. */
  body: string | null
  replyTo: string | null
  /** Goes with the body. */
  calendar: NewMail['calendar'] | null
  /** Goes with the text. */
  unsubscribeUrl: string | null
  /** Goes with the text. */
  html: string | null
  senderName: string | null
  thread: NewMail['thread'] | null
  bounceTo: string | null
  marketing: boolean
  state: MessageState
  attempts: number
  lastError: string | null
  createdAt: string
  sentAt: string | null
}

const columns = sql`id, kind, recipient, subject, body, reply_to as "replyTo", calendar, unsubscribe_url as "unsubscribeUrl",
  html, sender_name as "senderName", thread, bounce_to as "bounceTo", marketing, state, attempts, last_error as "lastError",
  created_at as "createdAt", sent_at as "sentAt"`

/** Adds the message; forgets those of the tenant that were written before `forgetBefore`. */
export async function insertMessage(
  tx: Transaction,
  message: NewMail & { id: string; state: MessageState; lastError?: string },
  times: { now: Date; forgetBefore: Date },
): Promise<void> {
  const { calendar = null, thread = null, attachments = [] } = message
  await tx.batch([
    sql`delete from outgoing_messages where tenant_id = ${tx.tenantId} and created_at < ${times.forgetBefore}`,
    sql`insert into outgoing_messages (tenant_id, id, kind, recipient, subject, body, html, reply_to, calendar,
          unsubscribe_url, sender_name, thread, bounce_to, marketing, state, last_error, created_at, queued_at)
        values (${tx.tenantId}, ${message.id}, ${message.kind}, ${message.to}, ${message.subject}, ${message.text},
          ${message.html ?? null}, ${message.replyTo ?? null}, ${calendar && JSON.stringify(calendar)}::jsonb,
          ${message.unsubscribeUrl ?? null}, ${message.senderName ?? null}, ${thread && JSON.stringify(thread)}::jsonb,
          ${message.bounceTo ?? null}, ${message.marketing ?? false}, ${message.state}, ${message.lastError ?? null}, ${times.now}, ${times.now})`,
    ...attachments.map(
      ({ name, type, cid = null, content }, position) => sql`
        insert into outgoing_attachments (tenant_id, message_id, position, name, type, cid, content)
        values (${tx.tenantId}, ${message.id}, ${position}, ${name}, ${type}, ${cid}, ${content})`,
    ),
  ])
}

/** What goes with a message that was not sent yet, in its order. */
export async function attachmentsOf(database: Database, tenantId: string, id: string): Promise<MailAttachment[]> {
  const rows = await database.run<{ name: string; type: string; cid: string | null; content: Buffer } & Row>(
    { tenantId },
    sql`select name, type, cid, content from outgoing_attachments
        where tenant_id = ${tenantId} and message_id = ${id} order by position`,
  )
  return rows.map(({ cid, ...rest }) => ({ ...rest, ...(cid !== null && { cid }) }))
}

/** Records that an attempt begins, before it does; undefined when there is nothing to send any more. */
export async function beginAttempt(database: Database, tenantId: string, id: string): Promise<MessageRow | undefined> {
  const [row] = await database.run<MessageRow>(
    { tenantId },
    sql<MessageRow>`update outgoing_messages set state = 'sending', attempts = attempts + 1
        where tenant_id = ${tenantId} and id = ${id} and state in ('queued', 'sending') returning ${columns}`,
  )
  return row
}

export type Addressed = Pick<MessageRow, 'recipient' | 'kind' | 'marketing'> & Row

/** To whom a message goes that is still to be sent; undefined where there is nothing to send any more. */
export async function findWaiting(tx: Transaction, id: string): Promise<Addressed | undefined> {
  const [row] = await tx.query<Addressed>(
    sql<Addressed>`select recipient, kind, marketing from outgoing_messages
        where tenant_id = ${tx.tenantId} and id = ${id} and state in ('queued', 'sending')`,
  )
  return row
}

/** Gives up a message that is still to be sent; one that was sent or withdrawn meanwhile stays as it is. */
export async function giveUp(tx: Transaction, id: string, error: string): Promise<void> {
  await tx.query(
    sql`update outgoing_messages set state = 'failed', last_error = ${error}
        where tenant_id = ${tx.tenantId} and id = ${id} and state in ('queued', 'sending')`,
  )
}

/** Since when the message waits to be sent; undefined where it waits for nothing any more. */
export async function waitingSince(database: Database, tenantId: string, id: string): Promise<Date | undefined> {
  const [row] = await database.run<{ queuedAt: string } & Row>(
    { tenantId },
    sql`select queued_at as "queuedAt" from outgoing_messages
        where tenant_id = ${tenantId} and id = ${id} and state in ('queued', 'sending')`,
  )
  return row && new Date(row.queuedAt)
}

/** Records how an attempt ended. A message that was sent loses its text. */
export async function endAttempt(
  database: Database,
  tenantId: string,
  id: string,
  outcome: { state: 'sent'; at: Date } | { state: 'queued' | 'failed'; error: string },
): Promise<void> {
  const change =
    outcome.state === 'sent'
      ? sql`sent_at = ${outcome.at}, last_error = null, body = null, html = null, calendar = null, unsubscribe_url = null`
      : sql`last_error = ${outcome.error}`
  const attached = sql`(select id from ended) and ${outcome.state === 'sent'}`
  await database.run(
    { tenantId },
    sql`with ended as (
          update outgoing_messages set state = ${outcome.state}, ${change}
          where tenant_id = ${tenantId} and id = ${id} and state = 'sending' returning id)
        delete from outgoing_attachments where tenant_id = ${tenantId} and message_id in ${attached}`,
  )
}

/**
 * Puts a message back that was kept or given up; undefined when there is none such. One that seems to be sent a day
 * later is given up, too: its worker died at the last attempt.
 */
export async function requeueMessage(tx: Transaction, id: string, now: Date): Promise<MessageRow | undefined> {
  const [row] = await tx.query<MessageRow>(sql<MessageRow>`
    update outgoing_messages set state = 'queued', attempts = 0, last_error = null, queued_at = ${now}
    where tenant_id = ${tx.tenantId} and id = ${id} and body is not null
      and (state in ('kept', 'failed') or state = 'sending' and queued_at < now() - interval '1 day')
    returning ${columns}`)
  return row
}

/** A page of messages, the latest first, and how many there are. */
export async function listMessages(
  tx: Transaction,
  options: { state?: MessageState; limit: number; offset: number },
): Promise<{ rows: MessageRow[]; total: number }> {
  const wanted = sql`tenant_id = ${tx.tenantId} and (${options.state ?? null}::text is null or state = ${options.state ?? null})`
  const [rows, counted] = await tx.batch([
    sql`select ${columns} from outgoing_messages where ${wanted}
        order by created_at desc, id desc limit ${options.limit} offset ${options.offset}`,
    sql`select count(*) as total from outgoing_messages where ${wanted}`,
  ])
  return { rows: rows as MessageRow[], total: (counted as { total: number }[])[0]!.total }
}

/** What the workspace speaks to whoever has not said. */
export async function localeOf(tx: Transaction): Promise<string> {
  const [row] = await tx.query<{ locale: string } & Row>(sql`select locale from tenants where id = ${tx.tenantId}`)
  return row!.locale
}

/** Undefined of what belongs to the installation. */
export async function workspaceNameOf(tx: Transaction): Promise<string | undefined> {
  const [row] = await tx.query<{ name: string } & Row>(sql`select name from tenants where id = ${tx.tenantId}`)
  return row?.name
}

/** Whether the workspace has shown that its domain is its own. */
export async function hasVerifiedDomain(database: Database, tenantId: string): Promise<boolean> {
  const rows = await database.run(
    { tenantId },
    sql`select from tenants where id = ${tenantId} and domain_verified_at is not null`,
  )
  return rows.length === 1
}

/** Whether the person looks after the installation as a whole. */
export async function isSuperAdmin(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.query(sql`select from users where id = ${userId} and super_admin`)
  return rows.length === 1
}
