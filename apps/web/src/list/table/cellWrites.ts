/** Changes of cells as they travel, and what the answers to them say. */
import type { CellsResult, FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import { problemWords } from '../../api/problemWords.ts'
import { requestValues } from '../../fields/requestValue.ts'

export type Values = Record<string, unknown>

/** One record, before and after. */
export interface CellWrite {
  id: string
  /** What it is told by. */
  title: string
  version: number
  /** What stood there of the fields that are changed: where something else stands by now, it is left. */
  before: Values
  after: Values
}

/** One cell. */
export interface CellEdit {
  record: RecordData
  field: FieldMeta
  value: unknown
}

/** The edits record by record, without those that change nothing. */
export function writesOf(edits: CellEdit[]): CellWrite[] {
  const byRecord = Map.groupBy(
    edits.filter(({ record, field, value }) => !isSame(record[field.key], value)),
    ({ record }) => record.id,
  )
  return [...byRecord.values()].map((some) => {
    const { record } = some[0]!
    const pick = (take: (edit: CellEdit) => unknown) =>
      Object.fromEntries(some.map((edit) => [edit.field.key, take(edit) ?? null]))
    return {
      id: record.id,
      title: record.title || record.recordNumber,
      version: record.version,
      before: pick(({ field }) => record[field.key]),
      after: pick(({ value }) => value),
    }
  })
}

export const reversed = (write: CellWrite): CellWrite => ({ ...write, before: write.after, after: write.before })

/** Nothing, and nothing in a list, are the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(bare(one)) === JSON.stringify(bare(other))
}

/** Links are the same when they lead to the same record, whatever else is known of it. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? value.map(bare) : null
  if (typeof value === 'object' && value !== null && 'id' in value && 'object' in value) return value.id
  return value === '' ? null : (value ?? null)
}

/** As many as one request may carry. */
export const mostWrites = 1_000

export const changesOf = (object: ObjectMeta, writes: CellWrite[]) =>
  writes.map(({ id, version, after }) => ({ id, version, updates: requestValues(object.fields, after) }))

/** What came of one write. */
export interface Outcome {
  write: CellWrite
  /** The fields that were written. */
  written: string[]
  /** Why others were not, by field; '' is about the record as a whole. */
  refused: Record<string, string>
  /** The record as it stands, as far as the answer shows it. */
  record?: RecordData | undefined
  /** Somebody else was there first: nothing of the write was done, or only what they left alone. */
  isStale: boolean
}

export function outcomesOf(writes: CellWrite[], { results }: CellsResult): Outcome[] {
  return results.map(({ success, record, refused = [], error, version }, index) => {
    const write = writes[index]!
    const details = success ? refused : (error?.details ?? [])
    const reasons = Object.fromEntries(details.map((problem) => [problem.field, problemWords(problem)]))
    if (error && details.length === 0) reasons[''] = error.message
    return {
      write: success && version ? { ...write, version } : write,
      written: success ? Object.keys(write.after).filter((key) => !(key in reasons)) : [],
      refused: reasons,
      record: record ?? error?.current,
      isStale: error?.code === 'CONFLICT' && error.current !== undefined,
    }
  })
}

/** The write once more on what stands there now, if nobody touched these fields. */
export function onTopOf({ write, record }: Outcome): CellWrite | undefined {
  if (!record) return undefined
  const isContested = Object.entries(write.before).some(([key, value]) => !isSame(record[key], value))
  return isContested ? undefined : { ...write, version: record.version }
}
