/** How the rows of one file become records: decided once from settings and metadata, then applied to every row. */
import { atBest, fieldAccess, requireAction } from '@oneforge/kernel/access'
import { type FieldProblem, notFound, validationError } from '@oneforge/kernel/errors'
import { type CompiledField, type CompiledObject, storedKey } from '@oneforge/kernel/metadata'
import type { ValueContext } from '@oneforge/kernel/metadata/values'
import { type RecordContext, valueContext, visibleObject } from '@oneforge/kernel/records'
import { type ChosenNotation, type Notation, notationOf } from './cells.ts'
import type { TableFormat } from './formats/table.ts'
import type { ImportOptions } from './imports.store.ts'
import { type MappedField, type RowMapping, readMapping } from './mapping.ts'
import { isImportable, recordNumberKey } from './matching.ts'
import type { MatchTarget } from './names.store.ts'

export interface ImportPlan {
  object: CompiledObject
  mapping: RowMapping
  mode: ImportOptions['mode']
  match: { key: string; target: MatchTarget; field: MappedField | undefined } | undefined
  /** Mapped fields whose values no two rows may share. */
  uniques: MappedField[]
  /** By field key; see `NotationSurvey`. */
  notations: Record<string, Notation>
  defaults: Notation
  values: ValueContext
  /** Where new records belong; undefined leaves it to what counts for records made one by one. */
  locationId: string | null | undefined
  /** Corrected cells by line. */
  edits: Map<number, { column: number; value: string }[]>
}

/** Fields that this caller may fill. */
export const writableFields = ({ policy }: Pick<RecordContext, 'policy'>, object: CompiledObject): CompiledField[] =>
  object.fields.filter((field) => isImportable(field) && fieldAccess(atBest(policy), object, field.key) === 'write')

/** The object that may be imported into; 404 or 403 for others. */
export function importObject(context: Pick<RecordContext, 'model' | 'policy'>, slug: string): CompiledObject {
  const object = visibleObject(context, slug)
  if (!object) throw notFound(`The object “${slug}”`)
  requireAction(context.policy, object, 'import')
  return object
}

/** @throws AppError 403 or 400 that says what the settings lack. */
export function planImport(
  context: RecordContext,
  object: CompiledObject,
  header: string[],
  options: ImportOptions,
  kind: TableFormat['kind'],
): ImportPlan {
  requireAction(context.policy, object, 'import')
  if (options.mode !== 'update') requireAction(context.policy, object, 'create')
  if (options.mode !== 'create') requireAction(context.policy, object, 'update')
  const mapping = readMapping(object, writableFields(context, object), header, options.mapping)
  const match = readMatch(object, mapping, options)
  requireLocation(context, options.locationId)
  return {
    object,
    mapping,
    mode: options.mode,
    match,
    uniques: mapping.fields.filter(({ field }) => field.unique),
    notations: {},
    defaults: defaultNotation(context, kind),
    values: valueContext(context),
    locationId: options.locationId,
    edits: Map.groupBy(options.edits ?? [], (edit) => edit.line),
  }
}

function requireLocation({ model }: RecordContext, id: string | null | undefined): void {
  if (!id || model.locations.get(id)?.active) return
  throw validationError([{ field: 'locationId', message: 'is not a location in use. Choose another one.' }])
}

/** What the settings say about how dates and numbers are written. */
export function chosenNotation({
  dateOrder,
  decimalMark,
}: Pick<ImportOptions, 'dateOrder' | 'decimalMark'>): ChosenNotation {
  return {
    dateOrder: dateOrder === 'auto' ? undefined : dateOrder,
    decimalMark: decimalMark === 'auto' ? undefined : decimalMark,
  }
}

/** Cells of a workbook and of JSON are numbers already: they have a point, whatever the language. */
export function defaultNotation(context: RecordContext, kind: TableFormat['kind']): Notation {
  const { locale } = context.model
  const { country } = valueContext(context)
  const notation = notationOf(locale.includes('-') || !country ? locale : `${locale}-${country}`)
  return kind === 'csv' ? { ...notation, thousands: true } : { ...notation, decimalMark: '.' }
}

/** What each row needs and no column brings; only where records are to be made. */
export function missingFields(
  object: CompiledObject,
  { mapping, mode }: Pick<ImportPlan, 'mapping' | 'mode'>,
): FieldProblem[] {
  if (mode !== 'create') return []
  const mapped = new Set(mapping.fields.map(({ field }) => field.key))
  return object.fields
    .filter((field) => field.required && !mapped.has(field.key) && field.default === undefined)
    .filter((field) => isImportable(field) && field.key !== object.roles.stage)
    .map((field) => ({ field: field.key, message: `“${field.label.en}” is required: choose the column that holds it` }))
}

function readMatch(object: CompiledObject, mapping: RowMapping, { mode, matchOn }: ImportOptions): ImportPlan['match'] {
  if (matchOn === undefined) {
    if (mode === 'create') return undefined
    throw matchProblem('is required: say which field tells the record that a row means')
  }
  if (matchOn === recordNumberKey) {
    if (mapping.recordNumberColumn === undefined) throw matchProblem('needs a column with the record number')
    return { key: recordNumberKey, target: { kind: 'number' }, field: undefined }
  }
  const field = mapping.fields.find((mapped) => mapped.field.key === matchOn)
  if (!object.field.has(matchOn)) throw matchProblem(`“${matchOn}” is not a field of ${object.slug}`)
  if (!field) throw matchProblem(`no column is mapped to “${matchOn}”`)
  const target = targetOf(object, field.field)
  if (!target) throw matchProblem(`“${matchOn}” is neither unique nor an e-mail address or phone number`)
  return { key: matchOn, target, field }
}

const matchProblem = (message: string) => validationError([{ field: 'matchOn', message }])

function targetOf(object: CompiledObject, field: CompiledField): MatchTarget | undefined {
  const key = object.uniqueKeys.find(({ keyId }) => keyId === field.id)
  if (key && !key.filledBy) return { kind: 'unique', fieldId: key.id }
  if (field.type !== 'email' && field.type !== 'phone') return undefined
  if (object.roles[field.type] === field.key) return { kind: 'column', column: field.type }
  return { kind: 'data', key: storedKey(field) }
}
