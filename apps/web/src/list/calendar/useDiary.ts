/** What calendar and schedule stand on: the days of the address, the clock of the location, and who reads. */
import { useInterval, useMediaQuery } from '@mantine/hooks'
import type { Location, ObjectMeta } from '@oneforge/client'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useShownLocation } from '../../api/shownLocation.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { useLocations } from '../../locations/locations.ts'
import type { DiaryFields } from './diaryFields.ts'
import { daysOf, firstWeekday, type Span, stepped } from './spans.ts'
import { type Wall, wallOf } from './zone.ts'

export interface Diary {
  object: ObjectMeta
  fields: DiaryFields
  /** What can be chosen here; phones have no room for weeks. */
  spans: Span[]
  span: Span
  /** The day that the span is around. */
  day: string
  days: string[]
  /** The wall's clock, now. */
  now: Wall
  zone: string
  locale: string
  /** Whose opening hours are shaded: the location chosen, or the only one there is. */
  location: Location | undefined
  isPhone: boolean
  show: (change: { day?: string; span?: Span }) => void
  /** Days of the spans before and after. */
  neighbours: string[][]
  step: (direction: 1 | -1) => void
}

const phoneSpans: Span[] = ['day', 'month', 'agenda']
const isDay = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/

export interface DiaryKind {
  /** What the span chosen last is kept under. */
  name: string
  spans: readonly Span[]
  /** Where nobody has chosen. */
  usual: Span
}

/** The clock on the wall of the place that is shown, and who reads it. */
export function useClock(object: ObjectMeta): Pick<Diary, 'locale' | 'location' | 'zone' | 'now'> {
  const { locale, timeZone } = useFormatContext()
  const location = useDiaryLocation(object)
  const zone = location?.timeZone ?? timeZone
  return { locale, location, zone, now: useWallClock(zone) }
}

/** The day that the address names; undefined where it names none. */
export function dayOf(params: URLSearchParams): string | undefined {
  const chosen = params.get('day')
  return chosen && isDay.test(chosen) ? chosen : undefined
}

export function useDiary(object: ObjectMeta, fields: DiaryFields, kind: DiaryKind): Diary {
  const { locale, location, zone, now } = useClock(object)
  const isPhone = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false }) ?? false
  const [params, setParams] = useSearchParams()
  const firstOfWeek = firstWeekday(locale)
  const usable = kind.spans.filter((span) => !isPhone || phoneSpans.includes(span))
  const storageKey = `oneforge-${kind.name}-${object.slug}`
  const wanted = params.get('span') ?? localStorage.getItem(storageKey) ?? kind.usual
  const span = usable.find((one) => one === wanted) ?? usable[0]!
  const day = dayOf(params) ?? now.day
  const days = useMemo(() => daysOf(span, day, firstOfWeek), [span, day, firstOfWeek])

  function show(change: { day?: string; span?: Span }): void {
    // The span somebody chose last is the one they work in.
    if (change.span) localStorage.setItem(storageKey, change.span)
    setParams(
      (current) => {
        const next = new URLSearchParams(current)
        for (const [name, value] of Object.entries(change)) next.set(name, value)
        return next
      },
      { replace: true },
    )
  }

  return {
    object,
    fields,
    spans: usable,
    span,
    day,
    days,
    now,
    zone,
    locale,
    location,
    isPhone,
    show,
    neighbours: [1, -1].map((direction) => daysOf(span, stepped(span, day, direction as 1 | -1), firstOfWeek)),
    step: (direction) => show({ day: stepped(span, day, direction) }),
  }
}

function useDiaryLocation(object: ObjectMeta): Location | undefined {
  const shown = useShownLocation()
  const { data: locations } = useLocations()
  if (!object.located) return undefined
  const active = locations?.filter((location) => location.active) ?? []
  return shown ? active.find(({ id }) => id === shown) : active.length === 1 ? active[0] : undefined
}

const minute = 60_000

function useWallClock(zone: string): Wall {
  const [now, setNow] = useState(() => Date.now())
  useInterval(() => setNow(Date.now()), minute, { autoInvoke: true })
  return useMemo(() => wallOf(now, zone), [now, zone])
}
