/** What is pasted, cell by cell: what can be written, and what cannot. */
import type { FieldMeta, RecordData } from '@oneforge/client'
import type { FormatContext } from '../../../fields/format.ts'
import type { CellEdit } from '../cellWrites.ts'
import type { CellRange } from '../range.ts'
import { type Copied, fits } from './copied.ts'
import type { Named } from './linkTitles.ts'
import { type CellReading, type Expected, readCell } from './readCell.ts'

export interface Pasted {
  rows: string[][]
  copied: Copied | undefined
}

/** A cell that something is pasted into. */
export interface PasteTarget {
  record: RecordData
  field: FieldMeta
  text: string
  reading: CellReading | { isReadOnly: true }
}

export interface PasteInto {
  rows: readonly (RecordData | undefined)[]
  fields: FieldMeta[]
  range: CellRange
  mayEdit: (field: FieldMeta) => boolean
}

/** A single cell fills the whole range, and a block as often as it fits; else it goes as far as it reaches. */
export function pasteTargets({ rows: lines, copied }: Pasted, into: PasteInto, context: FormatContext): PasteTarget[] {
  const height = reach(lines.length, into.range.bottom - into.range.top + 1)
  const widest = Math.max(...lines.map((line) => line.length))
  const width = reach(widest, into.range.right - into.range.left + 1)
  const records = following(into.rows, into.range.top, height)
  const read = (record: RecordData, field: FieldMeta, line: number, at: number): PasteTarget[] => {
    const text = lines[line]?.[at]
    if (text === undefined) return []
    if (!into.mayEdit(field)) return [{ record, field, text, reading: { isReadOnly: true } }]
    const own = copied?.rows[line]?.[at]
    const isOwn = copied !== undefined && fits(copied, at, own, field)
    return [{ record, field, text, reading: isOwn ? { value: own ?? null } : readCell(field, text, context) }]
  }
  const fields = into.fields.slice(into.range.left, into.range.left + width)
  return records.flatMap((record, y) => fields.flatMap((field, x) => read(record, field, y % lines.length, x % widest)))
}

const reach = (given: number, chosen: number): number => (chosen > given && chosen % given === 0 ? chosen : given)

/** The lines for which the table has no record any more; undefined where all of them found one. */
export function beyondTable({ rows: lines, copied }: Pasted, { rows, range }: PasteInto): Pasted | undefined {
  const room = following(rows, range.top, lines.length).length
  if (room === lines.length) return undefined
  return { rows: lines.slice(room), copied: copied && { ...copied, rows: copied.rows.slice(room) } }
}

/** Records that are not there yet, one for each line, to be pasted into from this column on. */
export function newRecordsOf(
  { rows: lines }: Pasted,
  { fields, left, mayEdit }: Pick<PasteInto, 'fields' | 'mayEdit'> & { left: number },
): PasteInto {
  const rows = lines.map((_, line) => ({ id: `new-${line}`, title: '', recordNumber: '', version: 0 }) as RecordData)
  return { rows, fields, mayEdit, range: { top: 0, bottom: 0, left, right: left } }
}

/** The next records, over the headings between them. */
function following(rows: readonly (RecordData | undefined)[], from: number, count: number): RecordData[] {
  const found: RecordData[] = []
  for (let row = from; row < rows.length && found.length < count; row++) {
    const record = rows[row]
    if (record) found.push(record)
  }
  return found
}

/** The names of records in what is pasted, field by field. */
export const namesIn = (targets: PasteTarget[]): { field: FieldMeta; names: string[] }[] =>
  targets.flatMap(({ field, reading }) => ('titles' in reading ? [{ field, names: reading.titles }] : []))

export type Unfit = { target: PasteTarget; expected: Expected | 'readOnly' }

/** @param named knows the records that texts in relation fields name. */
export function sorted(targets: PasteTarget[], named: Named): { edits: CellEdit[]; unfit: Unfit[] } {
  const edits: CellEdit[] = []
  const unfit: Unfit[] = []
  for (const target of targets) {
    const { record, field, reading } = target
    if ('isReadOnly' in reading) unfit.push({ target, expected: 'readOnly' })
    else if ('expected' in reading) unfit.push({ target, expected: reading.expected })
    else if ('value' in reading) edits.push({ record, field, value: reading.value })
    else {
      const links = reading.titles.map((title) => named(field, title))
      if (links.includes(undefined)) unfit.push({ target, expected: 'record' })
      else edits.push({ record, field, value: field.relation?.many ? links : links[0] })
    }
  }
  return { edits, unfit }
}
