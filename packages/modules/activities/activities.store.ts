import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'

export interface NoteRow extends Row {
  id: string
  body: string
  at: string
  actor_id: string | null
  actor_name: string | null
}

/** Notes of a record, newest first. */
export const listNotes = (
  tx: Transaction,
  tenantId: string,
  recordId: string,
  query: { limit: number; before?: string },
): Promise<NoteRow[]> =>
  tx.final<NoteRow>(sql`select n.id, n.body, n.created_at as at, n.created_by as actor_id, u.name as actor_name
    from notes n left join users u on u.id = n.created_by
    where n.tenant_id = ${tenantId} and n.record_id = ${recordId} ${query.before ? sql`and n.id < ${query.before}` : sql``}
    order by n.id desc limit ${query.limit}`)

export async function insertNote(
  tx: Transaction,
  note: { tenantId: string; objectId: string; recordId: string; body: string; userId: string },
): Promise<{ id: string; at: string }> {
  const [row] = await tx.query<{
    id: string
    at: string
  }>(sql`insert into notes (tenant_id, id, object_id, record_id, body, created_by)
    values (${note.tenantId}, ${newId()}, ${note.objectId}, ${note.recordId}, ${note.body}, ${note.userId})
    returning id, created_at as at`)
  return row!
}
