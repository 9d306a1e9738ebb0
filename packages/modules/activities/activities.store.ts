import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { dataColumn, type RecordContext, type RecordData } from '@oneforge/kernel/records'

export interface NoteRow extends Row {
  id: string
  body: string
  at: string
  actor_id: string | null
  actor_name: string | null
  pinned: boolean
  comments: number
}

const notesOf = (tenantId: string, recordId: string) => sql`select n.id, n.body, n.created_at as at,
    n.created_by as actor_id, u.name as actor_name, n.pinned_at is not null as pinned,
    (select count(*) from notes c where c.tenant_id = n.tenant_id and c.parent_id = n.id)::int as comments
  from notes n left join users u on u.id = n.created_by
  where n.tenant_id = ${tenantId} and n.record_id = ${recordId} and n.kind = 'note'`

/** Notes of a record, newest first. */
export const listNotes = (
  tx: Transaction,
  tenantId: string,
  recordId: string,
  { limit, before, pinned }: { limit: number; before: string | undefined; pinned: boolean | undefined },
): Promise<NoteRow[]> =>
  tx.query<NoteRow>(sql<NoteRow>`${notesOf(tenantId, recordId)}
    ${before ? sql`and n.id < ${before}` : sql``}
    ${pinned === undefined ? sql`` : sql`and (n.pinned_at is not null) = ${pinned}`}
    order by n.id desc limit ${limit}`)

export async function readNote(
  tx: Transaction,
  tenantId: string,
  { recordId, id }: { recordId: string; id: string },
): Promise<NoteRow | undefined> {
  const [row] = await tx.query<NoteRow>(sql<NoteRow>`${notesOf(tenantId, recordId)} and n.id = ${id}`)
  return row
}

export async function countPinned(tx: Transaction, tenantId: string, recordId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(sql<{ count: number }>`select count(*)::int as count from notes
    where tenant_id = ${tenantId} and record_id = ${recordId} and pinned_at is not null`)
  return row!.count
}

/** Null lets the note go. */
export async function pinNote(
  tx: Transaction,
  tenantId: string,
  { id, pinnedBy }: { id: string; pinnedBy: string | null },
): Promise<void> {
  await tx.query(sql`update notes set pinned_by = ${pinnedBy},
      pinned_at = case when ${pinnedBy}::uuid is not null then now() end
    where tenant_id = ${tenantId} and id = ${id}`)
}

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

export interface RepeatingRow extends Row {
  id: string
  data: RecordData
  owner_id: string | null
  location_id: string | null
  /** Relation and other record, in their order. */
  own_links: [string, string][] | null
}

/** Of the tasks those that repeat and that none was made from; the transaction has locked them. */
export const repeatingTasks = (
  { tx, model }: RecordContext,
  object: CompiledObject,
  { ids, ruleField, previous }: { ids: string[]; ruleField: string; previous: string },
): Promise<RepeatingRow[]> =>
  tx.query<RepeatingRow>(sql<RepeatingRow>`select * from (
      select r.id, ${dataColumn(object)} as data, r.owner_id, r.location_id, (
        select jsonb_agg(jsonb_build_array(l.relation_id, l.to_id) order by l.position, l.created_at) from links l
        where l.tenant_id = ${model.tenantId} and l.from_id = r.id) as own_links
      from records r
      where r.tenant_id = ${model.tenantId} and r.object_id = ${object.id} and r.id = any(${ids}::uuid[])
        and not exists (select from links made where made.tenant_id = ${model.tenantId}
          and made.relation_id = ${previous} and made.to_id = r.id)) done
    where done.data ->> ${ruleField} is not null order by done.id`)
