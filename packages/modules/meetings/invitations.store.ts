/** Who was invited to which meeting, and what they answered. */
import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { newMailboxName } from '@oneforge/modules/correspondence'
import type { Answer } from './calendar-message.ts'

export interface InvitationRow extends Row {
  address: string
  /** Of the message that was sent last. */
  sequence: number
  /** Of the meeting as it was told. */
  digest: Buffer
  sentAt: string
  cancelledAt: string | null
  answer: Answer | null
  answeredAt: string | null
}

export interface SentInvitation {
  address: string
  sequence: number
  cancelled: boolean
}

export async function listInvitations(tx: Transaction, tenantId: string, recordId: string): Promise<InvitationRow[]> {
  return tx.query<InvitationRow>(sql`select address, sequence, digest, sent_at as "sentAt", cancelled_at as "cancelledAt",
      answer, answered_at as "answeredAt"
    from meeting_invitations where tenant_id = ${tenantId} and record_id = ${recordId} order by address`)
}

/** Notes what is sent. Whoever is told of another time or place has not answered yet. */
export async function noteSent(
  tx: Transaction,
  tenantId: string,
  { recordId, digest, by, at }: { recordId: string; digest: Buffer; by: string; at: Date },
  sent: SentInvitation[],
): Promise<void> {
  await tx.query(sql`insert into meeting_invitations
      (tenant_id, record_id, address, sequence, digest, sent_at, sent_by, cancelled_at)
    select ${tenantId}, ${recordId}, s.address, s.sequence, ${digest}, ${at}, ${by}, case when s.cancelled then ${at}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as s(address text, sequence int, cancelled boolean)
    on conflict (tenant_id, record_id, address) do update
      set sequence = excluded.sequence, digest = excluded.digest, sent_at = excluded.sent_at, sent_by = excluded.sent_by,
        cancelled_at = excluded.cancelled_at, answer = null, answered_at = null`)
}

/** Keeps an answer unless there is a later one; false where the address was never invited. */
export async function keepAnswer(
  tx: Transaction,
  tenantId: string,
  { recordId, address, answer, at }: { recordId: string; address: string; answer: Answer; at: Date },
): Promise<boolean> {
  const rows = await tx.query(sql`update meeting_invitations i
    set answer = case when i.answered_at > ${at} then i.answer else ${answer} end,
      answered_at = greatest(i.answered_at, ${at}::timestamptz)
    where i.tenant_id = ${tenantId} and i.record_id = ${recordId} and i.address = ${address} returning 1 as one`)
  return rows.length === 1
}

/** What stands before the @ of the address that answers to the meeting go to. */
export async function answerName(tx: Transaction, tenantId: string, recordId: string): Promise<string> {
  const [row] = await tx.query<{ name: string } & Row>(sql`insert into meeting_addresses (tenant_id, record_id, name)
    values (${tenantId}, ${recordId}, ${newMailboxName()})
    on conflict (tenant_id, record_id) do update set name = meeting_addresses.name returning name`)
  return row!.name
}

export interface AnsweredMeeting {
  tenantId: string
  recordId: string
}

/** The meeting that answers to the name belong to, in whichever workspace. The one look-up that needs no binding. */
export async function findMeeting(database: Database, name: string): Promise<AnsweredMeeting | undefined> {
  const [found] = await database.run<AnsweredMeeting & Row>(
    {},
    sql<
      AnsweredMeeting & Row
    >`select tenant_id as "tenantId", record_id as "recordId" from find_meeting_address(${name})`,
  )
  return found
}

export async function emailOf(tx: Transaction, userId: string): Promise<string> {
  const [row] = await tx.query<{ email: string } & Row>(sql`select email from users where id = ${userId}`)
  return row!.email
}
