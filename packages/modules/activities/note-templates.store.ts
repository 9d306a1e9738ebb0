/** Texts that notes begin with. */
import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'

export interface NoteTemplateRow extends Row {
  id: string
  name: string
  body: string
  /** For records of which objects; null stands for all. */
  object_ids: string[] | null
  version: number
}

export type NoteTemplateSettings = Pick<NoteTemplateRow, 'name' | 'body' | 'object_ids'>

const columns = sql.raw('id, name, body, object_ids, version')

/** By name; of those for one object where it is given. */
export const listNoteTemplates = (tx: Transaction, tenantId: string, objectId?: string): Promise<NoteTemplateRow[]> =>
  tx.query<NoteTemplateRow>(sql<NoteTemplateRow>`select ${columns} from note_templates where tenant_id = ${tenantId}
    ${objectId ? sql`and (object_ids is null or ${objectId}::uuid = any(object_ids))` : sql``} order by lower(name)`)

/** The template, held until the transaction ends. */
export async function lockNoteTemplate(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<NoteTemplateRow | undefined> {
  const [row] = await tx.query<NoteTemplateRow>(sql<NoteTemplateRow>`select ${columns} from note_templates
    where tenant_id = ${tenantId} and id = ${id} for update`)
  return row
}

/** Undefined where another one has the name. */
export async function insertNoteTemplate(
  tx: Transaction,
  tenantId: string,
  { name, body, object_ids }: NoteTemplateSettings,
  userId: string,
): Promise<NoteTemplateRow | undefined> {
  const [row] = await tx.query<NoteTemplateRow>(sql<NoteTemplateRow>`insert into note_templates
      (tenant_id, id, name, body, object_ids, created_by)
    values (${tenantId}, ${newId()}, ${name}, ${body}, ${object_ids}::uuid[], ${userId})
    on conflict (tenant_id, lower(name)) do nothing returning ${columns}`)
  return row
}

/** Undefined where another one has the name. */
export async function updateNoteTemplate(
  tx: Transaction,
  tenantId: string,
  id: string,
  { name, body, object_ids }: NoteTemplateSettings,
): Promise<NoteTemplateRow | undefined> {
  const [row] = await tx.query<NoteTemplateRow>(sql<NoteTemplateRow>`update note_templates
    set name = ${name}, body = ${body}, object_ids = ${object_ids}::uuid[], version = version + 1, updated_at = now()
    where tenant_id = ${tenantId} and id = ${id} and not exists (select from note_templates other
      where other.tenant_id = ${tenantId} and other.id <> ${id} and lower(other.name) = lower(${name}))
    returning ${columns}`)
  return row
}

export async function deleteNoteTemplate(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.query(sql`delete from note_templates where tenant_id = ${tenantId} and id = ${id}`)
}
