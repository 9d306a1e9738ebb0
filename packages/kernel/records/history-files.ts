/** The files that a record's history tells of. Entries keep their ids alone: what is erased leaves no name behind. */
import { isId, type Row, sql } from '../database/index.ts'
import type { CompiledField, CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { fileFields } from './files.ts'

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
  context: RecordContext,
  entries: { id: string; changes: Record<string, unknown> }[],
): Promise<Map<string, ToldFile>> {
  const told = entries.flatMap(({ id, changes }) => {
    const [, file] = (changes[fileKey] ?? []) as [unknown, Told?]
    return file && isId(file.id) ? [[id, file] as const] : []
  })
  const names = await namesOf(
    context,
    told.map(([, { id }]) => id),
  )
  return new Map(told.map(([entry, { id, version }]) => [entry, { id, name: names.get(id) ?? null, version }]))
}

/** What the files are called that values of the object's fields name in these changes, by id. */
export function changedFileNames(
  context: RecordContext,
  object: CompiledObject,
  changes: Record<string, unknown>[],
): Promise<Map<string, string>> {
  const keys = fileFields(object).map(({ key }) => key)
  const ids = changes.flatMap((change) => keys.flatMap((key) => [change[key]].flat(2).filter(isId)))
  return namesOf(context, ids)
}

/** A value of a file field as it was then; of files that were erased nothing but that they were there. */
export function pastFiles({ rules }: CompiledField, value: unknown, names: Map<string, string>): unknown {
  const files = [value ?? []].flat().map((id) => ({ id, name: names.get(id as string) ?? null }))
  return rules?.several ? files : (files[0] ?? null)
}

async function namesOf({ tx, model }: RecordContext, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Row & { id: string; name: string }>(
    sql`select id, name from record_files where tenant_id = ${model.tenantId} and id = any(${ids}::uuid[])`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
