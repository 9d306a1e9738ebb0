/** Comments lie among the notes of their record, so that they move and go with it as notes do. */
import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'

export interface CommentRow extends Row {
  id: string
  note_id: string | null
  body: string
  at: string
  edited_at: string | null
  actor_id: string | null
  actor_name: string | null
}

/** A record, or a note on it. */
export interface Thread {
  tenantId: string
  recordId: string
  noteId: string | null
}

const columns = sql.raw(`c.id, c.parent_id as note_id, c.body, c.created_at as at, c.edited_at,
  c.created_by as actor_id, u.name as actor_name`)

const ofThread = ({ tenantId, recordId, noteId }: Thread) =>
  sql`c.tenant_id = ${tenantId} and c.record_id = ${recordId} and c.kind = 'comment' and c.parent_id is not distinct from ${noteId}::uuid`

/** In the order in which they were written. */
export const listComments = (
  tx: Transaction,
  thread: Thread,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<CommentRow[]> =>
  tx.query<CommentRow>(sql<CommentRow>`select ${columns} from notes c left join users u on u.id = c.created_by
    where ${ofThread(thread)} ${after ? sql`and c.id > ${after}` : sql``} order by c.id limit ${limit}`)

export const isNoteOf = async (tx: Transaction, { tenantId, recordId, noteId }: Thread): Promise<boolean> => {
  const rows = await tx.query(sql`select 1 as found from notes
    where tenant_id = ${tenantId} and record_id = ${recordId} and id = ${noteId}::uuid and kind = 'note'`)
  return rows.length > 0
}

/** Who wrote in the thread lately, and who wrote the note that it is about. */
export async function writersIn(tx: Transaction, thread: Thread): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql<{ id: string }>`select distinct created_by as id from (
      (select c.created_by from notes c where ${ofThread(thread)} order by c.id desc limit 50)
      union all select n.created_by from notes n where n.tenant_id = ${thread.tenantId} and n.id = ${thread.noteId}::uuid
    ) writers where created_by is not null`)
  return rows.map(({ id }) => id)
}

export async function insertComment(
  tx: Transaction,
  { tenantId, recordId, noteId }: Thread,
  comment: { objectId: string; body: string; userId: string },
): Promise<{ id: string; at: string }> {
  const [row] = await tx.query<{ id: string; at: string }>(sql<{ id: string; at: string }>`insert into notes
      (tenant_id, id, object_id, record_id, kind, parent_id, body, created_by)
    values (${tenantId}, ${newId()}, ${comment.objectId}, ${recordId}, 'comment', ${noteId}::uuid, ${comment.body}, ${comment.userId})
    returning id, created_at as at`)
  return row!
}

/** The comment, held until the transaction ends. */
export async function lockComment(
  tx: Transaction,
  { tenantId, recordId, id }: { tenantId: string; recordId: string; id: string },
): Promise<CommentRow | undefined> {
  const [row] = await tx.query<CommentRow>(sql<CommentRow>`select ${columns}
    from notes c left join users u on u.id = c.created_by
    where c.tenant_id = ${tenantId} and c.record_id = ${recordId} and c.id = ${id} and c.kind = 'comment'
    for update of c`)
  return row
}

export async function changeComment(tx: Transaction, tenantId: string, id: string, body: string): Promise<string> {
  const [row] = await tx.query<{ at: string }>(sql<{ at: string }>`update notes set body = ${body}, edited_at = now()
    where tenant_id = ${tenantId} and id = ${id} returning edited_at as at`)
  return row!.at
}

export async function deleteComment(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.query(sql`delete from notes where tenant_id = ${tenantId} and id = ${id}`)
}

/** How many comments there are on each of the records themselves; those without any are left out. */
export async function countComments(
  tx: Transaction,
  tenantId: string,
  recordIds: string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ id: string; count: number }>(sql<{ id: string; count: number }>`
    select record_id as id, count(*)::int as count from notes where tenant_id = ${tenantId}
      and record_id = any(${recordIds}::uuid[]) and kind = 'comment' and parent_id is null group by record_id`)
  return new Map(rows.map(({ id, count }) => [id, count]))
}
