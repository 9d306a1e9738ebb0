/**
 * Files that fields hold. A value is the id of a file that was uploaded for the field, or a list of such ids; the file
 * itself, and what it is called, stands among the files. It belongs to the record once a value of the record names it, and
 * goes to the trash when none does any more, so that the record's history can bring it back.
 */
import { type RawBuilder, type Row, sql } from '../database/index.ts'
import type { FieldProblem } from '../errors/index.ts'
import { type CompiledField, type CompiledObject, storedKey } from '../metadata/index.ts'
import type { StoredValue } from '../metadata/values/index.ts'
import type { RecordContext } from './context.ts'
import type { ParsedInput } from './parsed.ts'
import type { RecordData } from './project.ts'

/** A file as a record shows it. */
export interface ShownFile {
  id: string
  name: string
  type: string
  size: number
  version: number
  /** Whether there is a small picture of it. */
  thumbnail: boolean
}

/** One that a write names, held until it ends. */
export interface NamedFile extends Row {
  id: string
  field_id: string | null
  record_id: string | null
  created_by: string | null
  shown: ShownFile
  /** An input of the same call has got it. */
  taken?: boolean
}

export const fileFields = ({ fields }: CompiledObject): CompiledField[] => fields.filter(({ type }) => type === 'file')

const idsOf = (value: StoredValue | null | undefined): string[] => (value == null ? [] : ([value].flat() as string[]))

const shownColumns = sql.raw(`jsonb_build_object('id', f.id, 'name', f.name, 'type', v.type, 'size', v.size,
  'version', v.number, 'thumbnail', v.thumbnail_key is not null)`)
const latestVersion = sql.raw(`join lateral (select l.type, l.size, l.number, l.thumbnail_key from file_versions l
  where l.tenant_id = f.tenant_id and l.file_id = f.id and l.number is not null order by l.number desc limit 1) v on true`)

/** The files of the inputs' values, held in the order of their ids: two who name the same one follow each other. */
export function namedFilesStatement(
  { model }: RecordContext,
  object: CompiledObject,
  inputs: ParsedInput[],
): RawBuilder<unknown> | undefined {
  const ids = inputs.flatMap(({ values }) => fileFields(object).flatMap(({ key }) => idsOf(values.get(key))))
  if (ids.length === 0) return undefined
  return sql`select f.id, f.field_id, f.record_id, f.created_by, ${shownColumns} as shown
    from record_files f ${latestVersion}
    where f.tenant_id = ${model.tenantId} and f.id = any(${[...new Set(ids)]}::uuid[]) order by f.id for update of f`
}

/**
 * A value may name what it named before, what this record once held in the field, and what the caller has just uploaded for
 * it. Of the inputs of one call the first that names an upload gets it.
 */
export function fileProblems(
  { actor }: Pick<RecordContext, 'actor'>,
  object: CompiledObject,
  input: ParsedInput,
  files: Map<string, NamedFile>,
  before?: { id: string; data: RecordData },
): FieldProblem[] {
  return fileFields(object).flatMap((field): FieldProblem[] => {
    const known = idsOf(before?.data[field.key])
    const fresh = idsOf(input.values.get(field.key)).filter((id) => !known.includes(id))
    for (const id of fresh) {
      const file = files.get(id)
      const isOwnUpload = file?.record_id === null && file.created_by === actor.userId
      const isOfRecord = before !== undefined && file?.record_id === before.id
      if (file?.field_id !== field.id || file.taken || !(isOwnUpload || isOfRecord))
        return [{ field: field.key, message: unknown(id) }]
      file.taken = true
    }
    return []
  })
}

const unknown = (id: string): string =>
  `names the file ${id}, which you have not uploaded for this field. Upload it anew`

/** What a write changes of the files: those that the record now holds, and those that it holds no more. */
export interface MovedFile {
  id: string
  held: boolean
}

export function movedFiles(object: CompiledObject, before: RecordData, after: RecordData): MovedFile[] {
  return fileFields(object).flatMap(({ key }) => {
    const [was, is] = [idsOf(before[key]), idsOf(after[key])]
    return [
      ...was.filter((id) => !is.includes(id)).map((id) => ({ id, held: false })),
      ...is.filter((id) => !was.includes(id)).map((id) => ({ id, held: true })),
    ]
  })
}

/**
 * A part of the statement that writes the records. A file of a record that was merged into this one stays that record's:
 * undoing the merge takes it back.
 */
export function filesFiled(
  { model, actor }: RecordContext,
  records: { id: string; files: MovedFile[] }[],
): RawBuilder<unknown> {
  const moved = records.flatMap(({ id: record_id, files }) => files.map((file) => ({ ...file, record_id })))
  if (moved.length === 0) return sql``
  return sql`, filed as (
      update record_files f set record_id = coalesce(f.record_id, w.record_id),
        deleted_at = case when w.held then null else now() end, deleted_by = case when w.held then null else ${actor.userId}::uuid end
      from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as w(id uuid, held boolean, record_id uuid)
      where f.tenant_id = ${model.tenantId} and f.id = w.id and (w.held or f.record_id = w.record_id)
    )`
}

/** The files that the values of records `r` name; `only` those of these fields. */
export function filesColumn(tenantId: string, object: CompiledObject, only?: ReadonlySet<string>): RawBuilder<unknown> {
  const values = fileFields(object)
    .filter(({ key }) => !only || only.has(key))
    .map((field) => sql`r.data -> ${sql.lit(storedKey(field))}`)
  if (values.length === 0) return sql`null::jsonb`
  return sql`(select jsonb_agg(${shownColumns}) from record_files f ${latestVersion}
    where f.tenant_id = ${tenantId} and f.id = any(array(
      select (named #>> '{}')::uuid from jsonb_path_query(jsonb_build_array(${sql.join(values)}), '$[*][*] ? (@ != null)') named)))`
}

/** A value as reading gives it. */
export function shownFiles(value: StoredValue | undefined, many: boolean, files: ShownFile[]): unknown {
  const shown = idsOf(value).flatMap((id) => files.find((file) => file.id === id) ?? [])
  return many ? shown : (shown[0] ?? null)
}
