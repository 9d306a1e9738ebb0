/** What is booked today: visits, interviews, viewings; the person's own, or everybody's. */

import { useLocalStorage } from '@mantine/hooks'
import type { Filter, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { useQueries } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { useShownLocation } from '../api/shownLocation.ts'
import { useLatestChanges } from '../api/useLatestChanges.ts'
import { useWorkspace } from '../api/workspace.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { diaryFields } from '../list/calendar/diaryFields.ts'
import { type Entry, entryOf, rangeFilter } from '../list/calendar/entries.ts'
import { dayOf, startOfDay } from './moments.ts'

export interface Booked {
  object: ObjectMeta
  entry: Entry
}

export interface Bookings {
  entries: Booked[]
  isPending: boolean
  /** There is something to be booked in this workspace. */
  areThere: boolean
  whose: 'mine' | 'all'
  setWhose: (whose: 'mine' | 'all') => void
}

/** Nobody looks through more in one day. */
const most = 200

export function useBookings(): Bookings {
  const { objects, user } = useWorkspace()
  const { timeZone } = useFormatContext()
  const location = useShownLocation()
  const [chosen, setWhose] = useLocalStorage<'mine' | 'all'>({
    key: 'oneforge-bookings',
    getInitialValueInEffect: false,
  })
  const booked = objects.filter((object) => object.booked && object.activity === null)
  const metas = useQueries({
    queries: booked.map(({ slug }) => ({ queryKey: keys.object(slug), queryFn: () => client.objects.get(slug) })),
  }).flatMap(({ data }) => data ?? [])
  const today = dayOf(new Date(), timeZone)
  const tomorrow = dayOf(startOfDay(1, timeZone), timeZone)
  const lists = useQueries({
    queries: metas.map((object) => {
      const query = todaysQuery(object, today, tomorrow, timeZone)
      return {
        queryKey: [...keys.records(object.slug), 'booked', query, location],
        queryFn: async () => (await client.records.list(object.slug, query)).items,
      }
    }),
  })
  useLatestChanges(
    metas.map(({ slug }) => slug),
    'booked',
  )
  const found = lists
    .flatMap(({ data = [] }, index) => data.flatMap((record) => bookedOf(metas[index]!, record, timeZone)))
    .filter(({ entry }) => entry.from.day === today || entry.to.day === today)
    .toSorted((a, b) => a.entry.start - b.entry.start)
  const mine = found.filter(({ object, entry }) => isOf(object, entry.record, user.id))
  // Whoever has nothing of their own looks after the bookings of others: at a reception, say.
  const whose = chosen ?? (mine.length > 0 ? 'mine' : 'all')
  return {
    entries: whose === 'mine' ? mine : found,
    isPending: metas.length < booked.length || lists.some(({ isPending }) => isPending),
    areThere: booked.length > 0,
    whose,
    setWhose,
  }
}

function bookedOf(object: ObjectMeta, record: RecordData, zone: string): Booked[] {
  const fields = diaryFields(object)
  const entry = fields && entryOf(record, fields, zone)
  return entry ? [{ object, entry }] : []
}

/** Their own by owner, or named in a field for colleagues. */
function isOf({ fields }: ObjectMeta, record: RecordData, userId: string): boolean {
  return record.ownerId === userId || fields.some(({ key, type }) => type === 'user' && idOf(record[key]) === userId)
}

const idOf = (value: unknown): unknown => (typeof value === 'object' && value ? (value as { id?: unknown }).id : value)

/** What takes place today: nothing that was called off. */
function todaysQuery(object: ObjectMeta, today: string, tomorrow: string, zone: string): ListQuery {
  const fields = diaryFields(object)
  if (!fields) return { limit: 1 }
  const lost = object.stages.flatMap(({ kind, value }) => (kind === 'lost' ? [value] : []))
  const { stage } = object.roles
  const takesPlace: Filter[] = stage && lost.length > 0 ? [{ field: stage, op: 'nin', value: lost }] : []
  return { filter: { and: [rangeFilter(fields, today, tomorrow, zone), ...takesPlace] }, limit: most }
}
