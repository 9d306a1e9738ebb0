/** Which columns fill which field, checked once, then applied to every row. */
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import type { CompiledField, CompiledObject } from '@oneforge/kernel/metadata'
import { type AddressPart, cellInput, composeCells, type Notation } from './cells.ts'
import { isImportable, recordNumberKey } from './matching.ts'
import { type MappedMove, moveColumns } from './moves.ts'
import { addressPart, namePlace } from './synonyms.ts'

/** Column index to field key; null leaves the column out. */
export type ColumnMapping = Record<string, string | null>

export interface MappedField {
  field: CompiledField
  /** In the order in which their cells are joined. */
  columns: number[]
  /** For addresses: what each of the columns holds. */
  parts: (AddressPart | undefined)[]
}

export interface RowMapping {
  fields: MappedField[]
  moves: MappedMove[]
  /** The column with the record's number, where one is mapped. */
  recordNumberColumn: number | undefined
}

const joinable = new Set(['text', 'longtext', 'richtext', 'address'])

/**
 * @param fields those that the caller may write.
 * @throws AppError 400 that names each column with an unknown field, and each field that takes one column only.
 */
export function readMapping(
  object: CompiledObject,
  fields: CompiledField[],
  header: string[],
  mapping: ColumnMapping,
): RowMapping {
  const problems: FieldProblem[] = []
  const columnsOf = new Map<CompiledField, number[]>()
  const knownMoves = moveColumns(object, fields)
  const moves: MappedMove[] = []
  let recordNumberColumn: number | undefined
  for (const [column, key] of Object.entries(mapping)) {
    const index = Number(column)
    if (key === null) continue
    const field = fields.find((one) => one.key === key)
    const move = knownMoves.find((one) => one.key === key)
    const problem = mappingProblem(object, header, index, key, field, { isMove: move !== undefined })
    if (problem) problems.push({ field: `mapping.${column}`, message: problem })
    else if (move) moves.push({ ...move, column: index })
    else if (key === recordNumberKey) recordNumberColumn = index
    else if (field) columnsOf.set(field, [...(columnsOf.get(field) ?? []), index])
  }
  for (const [field, columns] of columnsOf) {
    if (columns.length < 2 || joinable.has(field.type)) continue
    const names = columns.map((column) => `“${header[column]}”`).join(', ')
    problems.push({ field: `mapping.${columns[1]}`, message: `“${field.key}” takes one column, not ${names}` })
  }
  if (columnsOf.size === 0 && problems.length === 0) {
    problems.push({ field: 'mapping', message: 'choose a field for at least one column' })
  }
  if (problems.length > 0) throw validationError(problems)
  return { recordNumberColumn, moves, fields: [...columnsOf].map(([field, columns]) => mapped(field, columns, header)) }
}

function mappingProblem(
  object: CompiledObject,
  header: string[],
  index: number,
  key: string,
  field: CompiledField | undefined,
  { isMove }: { isMove: boolean },
): string | undefined {
  if (!Number.isInteger(index) || index < 0 || index >= header.length) {
    return `there is no such column; the file has ${header.length}, counted from 0`
  }
  if (key === recordNumberKey || isMove) return undefined
  if (!field) return `“${key}” is not a field of ${object.slug} that you may write`
  return isImportable(field) ? undefined : `“${key}” cannot be filled from a file`
}

/** Parts of a name are joined as one says it, whatever their order in the file. */
function mapped(field: CompiledField, columns: number[], header: string[]): MappedField {
  const place = (column: number) => namePlace(header[column]!) ?? 0
  const ordered = columns.toSorted((a, b) => place(a) - place(b) || a - b)
  return { field, columns: ordered, parts: ordered.map((column) => addressPart(header[column]!)) }
}

/** What a row gives for a mapped field; undefined for empty cells, which leave the field as it is. */
export function mappedInput(mapped: MappedField, values: string[], notation: Notation, today: string): unknown {
  const { field, columns, parts } = mapped
  if (columns.length === 1 && (field.type !== 'address' || parts[0] === undefined)) {
    return cellInput(field, values[columns[0]!] ?? '', notation, today)
  }
  const composed = composeCells(
    field,
    columns.map((column) => values[column] ?? ''),
    parts,
  )
  return typeof composed === 'string' ? cellInput(field, composed, notation, today) : composed
}
