/** Files that come with forms, until these are sent. */
import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { KeptContent } from '../files/index.ts'

/** A file of a form that was not sent yet; complete once `received` is `size`. */
export interface Upload extends Row {
  id: string
  /** Id of the question it answers. */
  question: string
  size: number
  received: number
  content: KeptContent
}

export interface NewUpload {
  id: string
  formId: string
  nonce: string
  question: string
  size: number
  /** Tells the files of one visitor from those of others. */
  visitor: string
  content: KeptContent
}

const columns = sql.raw('id, question, size, received, content')

export const insertUpload = (tx: Transaction, tenantId: string, upload: NewUpload): Promise<Row[]> =>
  tx.query(sql`insert into form_uploads (tenant_id, id, form_id, nonce, question, size, visitor, content, expires_at)
    values (${tenantId}, ${upload.id}, ${upload.formId}, ${upload.nonce}, ${upload.question}, ${upload.size},
      ${upload.visitor}, ${JSON.stringify(upload.content)}, now() + interval '1 hour')`)

/** Whether a place is kept for the rest of a file: for two minutes after its last sign of life, which it lasts an hour. */
const isAwaited = sql`(received = size or expires_at > now() + interval '58 minutes')`

export type UploadOnItsWay = Upload & Pick<NewUpload, 'nonce' | 'visitor'> & { awaited: boolean }

/** One on its way in, held until the transaction ends. */
export async function lockUpload(
  tx: Transaction,
  tenantId: string,
  { formId, id }: { formId: string; id: string },
): Promise<UploadOnItsWay | undefined> {
  const [row] = await tx.query<UploadOnItsWay>(
    sql<UploadOnItsWay>`select ${columns}, nonce, visitor, ${isAwaited} as awaited from form_uploads
      where tenant_id = ${tenantId} and form_id = ${formId} and id = ${id} and expires_at > now() for update`,
  )
  return row
}

/** An hour for the next part, within a day; what is complete waits for its form, which is good for a day, and longer. */
export const updateUpload = (
  tx: Transaction,
  tenantId: string,
  { id, received, content }: Pick<Upload, 'id' | 'received' | 'content'>,
): Promise<Row[]> =>
  tx.query(sql`update form_uploads set received = ${received}, content = ${JSON.stringify(content)},
      expires_at = case when ${received} = size then created_at + interval '2 days'
        else least(now() + interval '1 hour', created_at + interval '1 day') end
    where tenant_id = ${tenantId} and id = ${id}`)

/** What waits in a workspace, as a whole and of those named: with their whole size where the rest is awaited. */
export interface Waiting extends Row {
  files: number
  ofSubmission: number
  ofForm: number
  ofVisitor: number
  ofAll: number
}

export async function waitingFiles(
  tx: Transaction,
  tenantId: string,
  of: Pick<NewUpload, 'formId' | 'nonce' | 'visitor'>,
): Promise<Waiting> {
  const isOfForm = sql`form_id = ${of.formId}`
  const isOfSubmission = sql`form_id = ${of.formId} and nonce = ${of.nonce}`
  const [row] = await tx.query<Waiting>(sql<Waiting>`select count(*) filter (where ${isOfSubmission})::int as files,
      coalesce(sum(taken) filter (where ${isOfSubmission}), 0)::bigint as "ofSubmission",
      coalesce(sum(taken) filter (where ${isOfForm}), 0)::bigint as "ofForm",
      coalesce(sum(taken) filter (where visitor = ${of.visitor}), 0)::bigint as "ofVisitor",
      coalesce(sum(taken), 0)::bigint as "ofAll"
    from (select *, case when ${isAwaited} then size else received end as taken
      from form_uploads where tenant_id = ${tenantId}) as waiting`)
  return row!
}

/** Those of a workspace are counted one after the other. */
export const holdUploads = (tx: Transaction, tenantId: string): Promise<Row[]> =>
  tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`form uploads ${tenantId}`}, 6))`)

/** Takes those of a form that goes, whoever has sent them. */
export const takeUploadsOf = (tx: Transaction, tenantId: string, formId: string): Promise<Upload[]> =>
  tx.query<Upload>(sql<Upload>`delete from form_uploads
    where tenant_id = ${tenantId} and form_id = ${formId} returning ${columns}`)

/** Takes those of this very form: whoever takes them does something with them. */
export const takeUploads = (tx: Transaction, tenantId: string, formId: string, nonce: string): Promise<Upload[]> =>
  tx.query<Upload>(sql<Upload>`delete from form_uploads
    where tenant_id = ${tenantId} and form_id = ${formId} and nonce = ${nonce} returning ${columns}`)

/** Takes those that have waited for too long: of forms that were never sent, or parts that nobody went on with. */
export const takeExpired = (tx: Transaction, tenantId: string): Promise<Upload[]> =>
  tx.query<Upload>(sql<Upload>`delete from form_uploads
    where tenant_id = ${tenantId} and expires_at < now() returning ${columns}`)

export async function tenantsWithExpired(database: Database): Promise<string[]> {
  const rows = await database.run<{ id: string }>({}, sql`select tenants_with_form_uploads(now()) as id`)
  return rows.map(({ id }) => id)
}
