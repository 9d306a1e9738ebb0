/** Bookings that clash with one that is filled in, shown or dragged. */
import type { ObjectMeta } from '@oneforge/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { useLatestChanges } from '../../api/useLatestChanges.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatValue } from '../../fields/format.ts'
import { type Booking, type Clash, clashesAmong, clashQuery } from './clashes.ts'
import { formatMinute } from './zone.ts'

export async function findClashes(
  object: ObjectMeta,
  booking: Booking,
  zone: string,
  signal?: AbortSignal,
): Promise<Clash[]> {
  const query = clashQuery(object, booking, zone)
  if (!query) return []
  const { items } = await client.records.list(object.slug, query, '', { signal })
  return clashesAmong(object, booking, items, zone)
}

export function useClashes(object: ObjectMeta, booking: Booking): Clash[] {
  const { timeZone } = useFormatContext()
  const query = clashQuery(object, booking, timeZone)
  const { data } = useQuery({
    queryKey: [...keys.records(object.slug), 'clashes', query, booking.id],
    queryFn: ({ signal }) => client.records.list(object.slug, query ?? {}, '', { signal }),
    enabled: query !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  })
  // Somebody else may book the same hours meanwhile.
  useLatestChanges(query ? [object.slug] : [], 'clashes')
  return query && data ? clashesAmong(object, booking, data.items, timeZone) : []
}

/** «Dr Nowak is booked at this time: 10:00–10:30, Kim Wade» */
export function useClashText(): (clash: Clash) => string {
  const { t } = useTranslation('calendar')
  const format = useFormatContext()
  return ({ field, entry: { record, from, to } }) =>
    t('clash', {
      who: formatValue(field, record[field.key], format),
      time: `${formatMinute(from.minute, format.locale)}–${formatMinute(to.minute, format.locale)}`,
      title: record.title || record.recordNumber,
    })
}
