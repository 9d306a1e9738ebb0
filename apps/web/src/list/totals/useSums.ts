import type { AggregateInput, Filter, ObjectMeta } from '@oneforge/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { useShownLocation } from '../../api/shownLocation.ts'
import { measuresOf, type Sums, type Total } from './totals.ts'

export interface SumsAsked {
  filter: Filter | null | undefined
  search: string | undefined
  groupBy: NonNullable<AggregateInput['groupBy']>
  totals: Total[]
}

/** Counts and totals of the groups, or of everything as one row: one request, whatever the number of records. */
export function useSums(object: ObjectMeta, { filter, search, groupBy, totals }: SumsAsked, enabled = true) {
  const location = useShownLocation()
  const measures = measuresOf(totals)
  return useQuery({
    queryKey: [...keys.records(object.slug), 'count', 'sums', filter, search, groupBy, measures, location],
    queryFn: () =>
      client.records.aggregate<Sums>(object.slug, {
        filter: filter ?? null,
        ...(search && { search }),
        groupBy,
        measures,
      }),
    placeholderData: keepPreviousData,
    enabled,
  })
}
