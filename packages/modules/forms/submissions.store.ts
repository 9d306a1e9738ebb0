/** What came in by forms. */
import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'

export type Outcome = 'created' | 'updated' | 'spam'

export interface Submission {
  formId: string
  nonce: string
  outcome: Outcome
  recordId: string | null
  userId: string | null
  /** From handing it out to its coming in. */
  seconds: number
}

/** False where this very form has come in before. */
export async function insertSubmission(tx: Transaction, tenantId: string, one: Submission): Promise<boolean> {
  const rows = await tx.query(sql`insert into form_submissions
      (tenant_id, id, form_id, nonce, outcome, record_id, user_id, seconds)
    values (${tenantId}, ${newId()}, ${one.formId}, ${one.nonce}, ${one.outcome}, ${one.recordId}, ${one.userId},
      ${one.seconds})
    on conflict (tenant_id, form_id, nonce) do nothing returning id`)
  return rows.length > 0
}

export const nameRecord = (
  tx: Transaction,
  tenantId: string,
  { formId, nonce, outcome, recordId }: Pick<Submission, 'formId' | 'nonce' | 'outcome' | 'recordId'>,
): Promise<Row[]> =>
  tx.query(sql`update form_submissions set outcome = ${outcome}, record_id = ${recordId}
    where tenant_id = ${tenantId} and form_id = ${formId} and nonce = ${nonce}`)

/** How many came in within the last ten minutes, as far as a thousand. */
export async function countRecent(tx: Transaction, tenantId: string, formId: string): Promise<number> {
  const [row] = await tx.query<{ recent: number }>(sql<{ recent: number }>`select count(*)::int as recent from (
      select from form_submissions where tenant_id = ${tenantId} and form_id = ${formId}
        and at > now() - interval '10 minutes' limit 1000) as latest`)
  return row!.recent
}

export interface SubmissionRow extends Row {
  id: string
  at: string
  outcome: Outcome
  record_id: string | null
  seconds: number
  by: string | null
}

/** The latest first, those before the one named. */
export const listSubmissions = (
  tx: Transaction,
  tenantId: string,
  formId: string,
  { before, limit }: { before: { at: string; id: string } | undefined; limit: number },
): Promise<SubmissionRow[]> =>
  tx.query<SubmissionRow>(sql<SubmissionRow>`select s.id, s.at, s.outcome, s.record_id, s.seconds, u.name as by
    from form_submissions s left join users u on u.id = s.user_id
    where s.tenant_id = ${tenantId} and s.form_id = ${formId}
      ${before ? sql`and (s.at, s.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
    order by s.at desc, s.id desc limit ${limit}`)

/** Two about the same person, at the same time, come one after the other: the second finds the record of the first. */
export const holdMatching = (tx: Transaction, tenantId: string, objectId: string): Promise<Row[]> =>
  tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`form match ${tenantId} ${objectId}`}, 6))`)
