/**
 * What a person decides about a file before it is imported, as plain data: which column fills which field, how records
 * are recognised, and the cells mended by hand.
 */
import type {
  DateOrder,
  DecimalMark,
  FieldMeta,
  FieldType,
  ImportInput,
  ImportPreview,
  ObjectMeta,
} from '@oneforge/client'

export interface ImportDraft {
  uploadId: string
  /** By column index; null leaves the column out. */
  mapping: Record<string, string | null>
  mode: NonNullable<ImportInput['mode']>
  /** Field by which an existing record is recognised; needed to update. */
  matchOn: string | null
  dateOrder: DateOrder
  decimalMark: DecimalMark
  /** Where new records belong; null: to no location; undefined where the object knows none. */
  locationId: string | null | undefined
  /** Of a workbook; null is its first. */
  sheet: string | null
  /** By `line:column`. */
  edits: Record<string, string>
}

/** The system's own number of a record can be matched on, though it is no field. */
export const recordNumberKey = 'recordNumber'

const notImportable: FieldType[] = ['formula', 'lookup', 'rollup', 'autonumber', 'file']

export function importableFields(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter((field) => field.access === 'write' && !notImportable.includes(field.type))
}

/** The server's suggestions as a first mapping; of two columns that suggest one field the surer one gets it. */
export function draftOf(preview: ImportPreview, locationId?: string | null): ImportDraft {
  const surest = new Map<string, { index: number; confidence: number }>()
  for (const { field, index, confidence } of preview.columns) {
    if (field && confidence > (surest.get(field)?.confidence ?? -1)) surest.set(field, { index, confidence })
  }
  const mapping = preview.columns.map(({ index, field }) => [
    String(index),
    field && surest.get(field)?.index === index ? field : null,
  ])
  return {
    uploadId: preview.uploadId,
    mapping: Object.fromEntries(mapping),
    mode: 'create',
    matchOn: null,
    dateOrder: 'auto',
    decimalMark: 'auto',
    locationId,
    sheet: preview.format.sheet ?? null,
    edits: {},
  }
}

/** A field is filled by one column only: giving it to another takes it from the first. */
export function mapColumn(draft: ImportDraft, column: number, field: string | null): ImportDraft {
  const others = Object.entries(draft.mapping).map(([index, key]) => [
    index,
    field !== null && key === field ? null : key,
  ])
  const next = { ...draft, mapping: { ...Object.fromEntries(others), [column]: field } }
  return withMode(next, next.mode)
}

/** Updating needs a field to recognise records by; the first that is mapped is proposed. */
export function withMode(
  draft: ImportDraft,
  mode: ImportDraft['mode'],
  candidates: string[] = mappedKeys(draft),
): ImportDraft {
  if (mode === 'create') return { ...draft, mode, matchOn: null }
  const kept = draft.matchOn && mappedKeys(draft).includes(draft.matchOn) ? draft.matchOn : null
  return { ...draft, mode, matchOn: kept ?? candidates[0] ?? null }
}

/** Fields that tell records apart and are in the file. */
export function matchCandidates(draft: ImportDraft, object: ObjectMeta): string[] {
  const mapped = mappedKeys(draft)
  const identifying = object.fields.filter(
    ({ key, unique, type }) => mapped.includes(key) && (unique || type === 'email' || type === 'phone'),
  )
  const keys = identifying.sort((a, b) => Number(b.unique) - Number(a.unique)).map(({ key }) => key)
  return mapped.includes(recordNumberKey) ? [recordNumberKey, ...keys] : keys
}

export function mappedKeys(draft: ImportDraft): string[] {
  return Object.values(draft.mapping).filter((key) => key !== null)
}

/** Why the import cannot go on yet; null when it can. */
export function obstacle(
  draft: ImportDraft,
  object: ObjectMeta,
): { kind: 'nothing' | 'missing' | 'match'; fields: FieldMeta[] } | null {
  const mapped = mappedKeys(draft)
  if (mapped.length === 0) return { kind: 'nothing', fields: [] }
  if (draft.mode !== 'create' && !draft.matchOn) return { kind: 'match', fields: [] }
  const isAbsent = (field: FieldMeta) =>
    field.required && (field.default ?? null) === null && !mapped.includes(field.key)
  const missing = draft.mode === 'update' ? [] : importableFields(object).filter(isAbsent)
  return missing.length > 0 ? { kind: 'missing', fields: missing } : null
}

export function editCell(draft: ImportDraft, line: number, column: number, value: string): ImportDraft {
  return { ...draft, edits: { ...draft.edits, [`${line}:${column}`]: value } }
}

/** The draft as the API takes it. */
export function importInput(draft: ImportDraft, dryRun?: boolean): ImportInput {
  const edits = Object.entries(draft.edits).map(([cell, value]) => {
    const [line = 0, column = 0] = cell.split(':').map(Number)
    return { line, column, value }
  })
  return {
    uploadId: draft.uploadId,
    mapping: draft.mapping,
    mode: draft.mode,
    dateOrder: draft.dateOrder,
    decimalMark: draft.decimalMark,
    ...(draft.locationId !== undefined && draft.mode !== 'update' ? { locationId: draft.locationId } : {}),
    ...(draft.matchOn ? { matchOn: draft.matchOn } : {}),
    ...(draft.sheet ? { sheet: draft.sheet } : {}),
    ...(edits.length > 0 ? { edits } : {}),
    ...(dryRun ? { dryRun } : {}),
  }
}
