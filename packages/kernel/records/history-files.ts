/** The files that a record's history tells of. Entries keep their ids alone: what is erased leaves no name behind. */
import { isId, type Row, sql } from '../database/index.ts'
import type { RecordContext } from './context.ts'

/** Where an entry says which file it is about: no field can be called so. */
export const fileKey = '$file'

export interface ToldFile {
  id: string
  /** As it is called now; null once it is erased. */
  name: string | null
  /** The latest at that moment. */
  version: number | null
}

interface Told {
  id: string
  version: number | null
}

/** The files of these entries, by entry. */
export async function toldFiles(
  { tx, model }: RecordContext,
  entries: { id: string; changes: Record<string, unknown> }[],
): Promise<Map<string, ToldFile>> {
  const told = entries.flatMap(({ id, changes }) => {
    const [, file] = (changes[fileKey] ?? []) as [unknown, Told?]
    return file && isId(file.id) ? [[id, file] as const] : []
  })
  if (told.length === 0) return new Map()
  const ids = told.map(([, { id }]) => id)
  const rows = await tx.query<Row & { id: string; name: string }>(
    sql`select id, name from record_files where tenant_id = ${model.tenantId} and id = any(${ids}::uuid[])`,
  )
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return new Map(told.map(([entry, { id, version }]) => [entry, { id, name: names.get(id) ?? null, version }]))
}
