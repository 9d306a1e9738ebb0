/** The rows of a timeline: one for each entry, below the name of its group where there are groups. */
import type { FieldMeta, RecordLink } from '@oneforge/client'
import { type FormatContext, formatValue, isEmptyValue } from '../../fields/format.ts'
import type { Entry } from '../calendar/entries.ts'

export type Row =
  | { kind: 'group'; id: string; label: string; count: number }
  | { kind: 'entry'; id: string; entry: Entry }

const groupTypes = ['select', 'user', 'boolean', 'relation']

/** What a timeline can be grouped by. */
export const groupFields = (fields: FieldMeta[]): FieldMeta[] =>
  fields.filter(({ key, type, relation }) => groupTypes.includes(type) && !key.includes('.') && !relation?.many)

/** Choices stand in their own order, other groups by their names, what has no value last. */
export function rowsOf(entries: Entry[], field: FieldMeta | undefined, none: string, format: FormatContext): Row[] {
  const rowOf = (entry: Entry): Row => ({ kind: 'entry', id: entry.record.id, entry })
  if (!field) return entries.map(rowOf)
  const groups = Map.groupBy(entries, ({ record }) => idOf(record[field.key]))
  return [...groups]
    .map(([id, members]) => {
      const value = members[0]!.record[field.key]
      const place = field.options.findIndex((option) => option.value === value)
      return { id, members, place, isEmpty: isEmptyValue(value), label: formatValue(field, value, format) || none }
    })
    .toSorted((a, b) => Number(a.isEmpty) - Number(b.isEmpty) || a.place - b.place || a.label.localeCompare(b.label))
    .flatMap(({ id, label, members }): Row[] => [
      { kind: 'group', id: `group ${id}`, label, count: members.length },
      ...members.map(rowOf),
    ])
}

const idOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? (value as RecordLink).id : String(value ?? '')
