import type { FieldMeta, ListQuery, Money, ObjectMeta } from '@oneforge/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { useShownLocation } from '../../api/shownLocation.ts'
import { shownType } from '../../fields/format.ts'

export interface ColumnTotal {
  count: number
  /** Of the object's amount, where it has one in money. */
  sum: Money | null
}

/** Count and sum of every column, in one question. A search cannot be counted by column, so it has no totals. */
export function useColumnTotals(
  object: ObjectMeta,
  field: FieldMeta,
  query: ListQuery,
): Map<string | null, ColumnTotal> {
  const amount = object.fields.find((one) => one.key === object.roles.amount && shownType(one) === 'money')
  const location = useShownLocation()
  const { data } = useQuery({
    queryKey: [...keys.records(object.slug), 'count', 'by', field.key, query.filter, location],
    queryFn: async () => {
      const rows = await client.records.aggregate(object.slug, {
        filter: query.filter ?? null,
        groupBy: [field.key],
        measures: [{ op: 'count' }, ...(amount ? [{ op: 'sum' as const, field: amount.key }] : [])],
      })
      return new Map(
        rows.map((row) => {
          const sum = amount ? ((row[`sum(${amount.key})`] as Money | null) ?? null) : null
          return [(row[field.key] as string | null) ?? null, { count: Number(row.count), sum }]
        }),
      )
    },
    placeholderData: keepPreviousData,
  })
  return data ?? new Map()
}
