/** The first days of a calendar: where one is in time, and what stands among the hours. */
import type { FieldMeta, Location } from '@oneforge/client'
import type { Reading } from '@oneforge/client/reading'
import { stretch } from '../api/stretch.ts'
import { type FormatContext, formatValue } from '../fields/format.ts'
import { optionColor } from '../fields/optionColor.ts'
import { nameBy } from '../fields/recordName.ts'
import { t } from '../i18n/texts.ts'
import classes from '../list/calendar/Calendar.module.css'
import heads from '../list/calendar/DayHead.module.css'
import { daysQuery } from '../list/calendar/daysQuery.ts'
import { type DiaryFields, diaryFields } from '../list/calendar/diaryFields.ts'
import { type Entry, entriesOf } from '../list/calendar/entries.ts'
import {
  dayMinutes,
  type Piece,
  type Placed,
  pieceOn,
  pixelsPerMinute,
  sideBySide,
  slotMinutes,
  toPixels,
} from '../list/calendar/layout.ts'
import { closedOn, holidayOn, opensAt } from '../list/calendar/openHours.ts'
import { daysOf, firstWeekday, type Span, spans, titleOf } from '../list/calendar/spans.ts'
import { formatDay, formatMinute, wallOf } from '../list/calendar/zone.ts'
import { drawn, styled } from './drawn.ts'
import own from './firstWords.module.css'
import { isPhone } from './frame.ts'
import type { ShownList } from './listPage.ts'
import { isLater } from './values.ts'

const phoneSpans: Span[] = ['day', 'month', 'agenda']
const usualOpening = 8 * 60
const narrowestDay = 96

interface Days {
  fields: DiaryFields
  span: Span
  day: string
  days: string[]
  /** Where the records are that are shown, where that is one place. */
  place: Location | undefined
  zone: string
  today: string
  minute: number
}

type Drawing = (format: FormatContext) => Promise<HTMLElement[]>

/** Undefined for objects without a date. */
export function diaryDrawing(reading: Reading, shown: ShownList): Drawing | undefined {
  const { object, look, query } = shown
  const fields = diaryFields(object, look.settings)
  if (!fields) return undefined
  const locating = object.located ? reading.locations.list() : Promise.resolve([])
  locating.catch(() => undefined)
  return async (format) => {
    const days = shownDays(shown, fields, await locating, format)
    const { items } = await reading.records.list(object.slug, {
      limit: stretch,
      ...daysQuery({ object, fields, zone: days.zone }, query, days.days),
    })
    const entries = entriesOf(items, fields, days.zone, days.days)
    // What takes whole days moves the hours down; that and other spans are left to the page.
    const isGrid = ['day', 'workweek', 'week'].includes(days.span) && !entries.some(({ isBar }) => isBar)
    const isElsewhere = days.zone !== format.timeZone
    if (isElsewhere) return []
    return [
      drawn(
        'div',
        { class: classes.page },
        bar(days, format),
        isGrid && grid(days, entries, saidOf(shown, fields), format),
      ),
    ]
  }
}

function shownDays({ object }: ShownList, fields: DiaryFields, locations: Location[], format: FormatContext): Days {
  const active = locations.filter((one) => one.active)
  const place = active.length === 1 ? active[0] : undefined
  const zone = place?.timeZone ?? format.timeZone
  const now = wallOf(Date.now(), zone)
  const params = new URLSearchParams(location.search)
  const usable = spans.filter((span) => !isPhone() || phoneSpans.includes(span))
  const usual = fields.start.type === 'date' ? 'month' : 'week'
  const wanted = params.get('span') ?? localStorage.getItem(`oneforge-calendar-${object.slug}`) ?? usual
  const span = usable.find((one) => one === wanted) ?? usable[0]!
  const named = params.get('day')
  const day = named && /^\d{4}-\d\d-\d\d$/.test(named) ? named : now.day
  const days = daysOf(span, day, firstWeekday(format.locale))
  return { fields, span, day, days, place, zone, today: now.day, minute: now.minute }
}

/** What entries say beside their title: see useShownFields. */
function saidOf({ columns }: ShownList, { start, end, color, subject }: DiaryFields): FieldMeta[] {
  const told = new Set([start.key, end?.key, color?.key, subject?.key, 'recordNumber'])
  return columns.slice(1).flatMap(({ field }) => (told.has(field.key) ? [] : [field]))
}

function bar({ span, day, days }: Days, { locale }: FormatContext): HTMLElement {
  const step = () => drawn('span', { class: own.icon })
  return drawn(
    'div',
    { class: classes.diaryBar },
    drawn('span', { class: own.button, 'data-look': 'default' }, t('calendar:today')),
    step(),
    step(),
    drawn('h2', { class: classes.period }, titleOf(span, day, days, locale)),
  )
}

function grid(days: Days, entries: Entry[], said: FieldMeta[], format: FormatContext): HTMLElement {
  const opening = opensAt(days.place, days.days) ?? usualOpening
  const hours = Array.from({ length: 23 }, (_, hour) => (hour + 1) * 60)
  const marks = hours.map((minute) =>
    styled(drawn('span', {}, formatMinute(minute, format.locale)), { top: `${toPixels(minute)}px` }),
  )
  const columns = days.days.map((day) => column(days, day, entries, said, format))
  const body = drawn(
    'div',
    { class: classes.body },
    drawn('div', { class: classes.hoursColumn }, ...marks),
    styled(drawn('div', { class: classes.grid }, ...columns), { height: `${toPixels(dayMinutes)}px` }),
  )
  const headRow = drawn('div', { class: classes.headRow }, ...days.days.map((day) => head(days, day, format)))
  const area = drawn('div', { class: classes.area }, drawn('div', { class: classes.heads }, headRow), body)
  const scroller = styled(drawn('div', { class: classes.scroller }, area), {
    '--columns': String(days.days.length),
    '--narrowest': `${days.span === 'day' ? 0 : narrowestDay}px`,
    '--hour': `${60 * pixelsPerMinute}px`,
  })
  // Once it stands on the page: see useArrival.
  requestAnimationFrame(() => scroller.scrollTo({ top: toPixels(opening - slotMinutes * 2) }))
  return scroller
}

function head({ place, today }: Days, day: string, { locale }: FormatContext): HTMLElement {
  const holiday = holidayOn(place, day)
  const number = drawn('span', { class: heads.dayNumber }, String(Number(day.slice(8))))
  return drawn(
    'div',
    { class: classes.head, 'data-today': day === today },
    drawn('span', { class: heads.dayButton }, `${formatDay(day, locale, { weekday: 'short' })} `, number),
    holiday && drawn('span', { class: heads.holiday }, holiday.name),
  )
}

function column(days: Days, day: string, entries: Entry[], said: FieldMeta[], format: FormatContext): HTMLElement {
  const pieces = entries.flatMap((entry) => {
    const piece = pieceOn(entry, day)
    return piece ? [{ ...piece, entry }] : []
  })
  const closed = closedOn(days.place, day).map(({ from, to }) =>
    styled(drawn('div', { class: classes.closed }), { top: `${toPixels(from)}px`, height: `${toPixels(to - from)}px` }),
  )
  const now = day === days.today && styled(drawn('div', { class: classes.now }), { top: `${toPixels(days.minute)}px` })
  const blocks = sideBySide(pieces).map((placed) => block(days.fields, placed, said, format))
  return drawn('div', { class: classes.column }, ...closed, ...blocks, now)
}

function block(
  fields: DiaryFields,
  { piece, lane, lanes }: Placed<Piece & { entry: Entry }>,
  said: FieldMeta[],
  format: FormatContext,
): HTMLElement {
  const { record, from, to, color } = piece.entry
  const facts = said.map((field) => formatValue(field, record[field.key], format)).filter(Boolean)
  const minutes = [from, to].map(({ minute }) => formatMinute(minute, format.locale))
  const isWhole = !said.some(isLater)
  const entry = drawn(
    'div',
    { class: classes.entry },
    drawn('span', { class: classes.title }, `${nameBy(fields.subject, record)} `),
    drawn('span', { class: isWhole ? classes.facts : `${classes.facts} ${own.hidden}` }, `${facts.join(' · ')} `),
    drawn('span', { class: classes.hours }, `${minutes.join('–')} `),
  )
  return styled(entry, {
    '--option-color': optionColor(color),
    top: `${toPixels(piece.from)}px`,
    height: `${toPixels(piece.to - piece.from) - 1}px`,
    'inset-inline-start': `${(lane / lanes) * 100}%`,
    width: `calc(${100 / lanes}% - 2px)`,
  })
}
