/** The colours that a view gives to rows: of the rules, the first that a record passes counts. */
import type { ColorRule, FieldMeta, ObjectMeta, OptionColor, RecordData } from '@oneforge/client'
import { useMemo } from 'react'
import { useWorkspace } from '../../api/workspace.ts'
import { type Asker, type Facts, matches } from '../../forms/matches.ts'
import { useFilterText } from './useFilterText.ts'

export interface RowColor {
  color: OptionColor
  /** The rule in words. */
  title: string
}

/** @returns the colour of a record; the same object for all that a rule colours. */
export function useRowColors(
  object: ObjectMeta,
  rules: ColorRule[] | undefined,
): (record: RecordData) => RowColor | undefined {
  const { user, timeZone, currency } = useWorkspace()
  const textOf = useFilterText(object)
  return useMemo(() => {
    if (!rules?.length) return () => undefined
    const named = rules.map(({ filter, color }) => ({ filter, shown: { color, title: textOf(filter) } }))
    const asker: Asker = { me: user.id, now: new Date(), timeZone: user.timeZone ?? timeZone, currency }
    const byKey = new Map(object.fields.map((field) => [field.key, field]))
    // Rows are drawn again and again while one scrolls; a changed record is another object.
    const known = new WeakMap<RecordData, RowColor | null>()
    return (record: RecordData) => {
      const before = known.get(record)
      if (before !== undefined) return before ?? undefined
      const color = named.find(({ filter }) => matches(filter, factsOf(record, byKey), asker))?.shown
      known.set(record, color ?? null)
      return color
    }
  }, [object, rules, textOf, user, timeZone, currency])
}

/** Of linked records only the links are at hand: a rule over their fields colours nothing. */
const factsOf = (record: RecordData, fields: Map<string, FieldMeta>): Facts => ({
  values: record,
  field: (key) => fields.get(key),
  follow: () => [],
})
