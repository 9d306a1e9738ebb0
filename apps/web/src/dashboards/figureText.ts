/** Figures as these readers write them: amounts in their currency, shares, times, and dates by the step they are grouped by. */
import type {
  ChartData,
  FieldMeta,
  WidgetCategory,
  WidgetInterval,
  WidgetMeasure,
  WidgetMixedMoney,
  WidgetMoney,
  WidgetValue,
} from '@oneforge/client'
import { formatDuration } from '../fields/duration.ts'
import {
  type FormatContext,
  formatDate,
  formatMoney,
  formatNumber,
  formatPercent,
  shownType,
} from '../fields/format.ts'

/** What figures of a measure are: a plain number unless its field says otherwise. */
export type Unit = 'number' | 'percent' | 'duration' | 'rating'

export function unitOf(measure: WidgetMeasure | undefined, fields: FieldMeta[]): Unit {
  if (!measure || measure.op === 'count' || measure.op === 'distinct') return 'number'
  const field = fields.find(({ key }) => key === measure.field)
  const type = field && shownType(field)
  // Ratings that are added up are no rating any more.
  if (type === 'rating' && measure.op !== 'sum') return type
  return type === 'percent' || type === 'duration' ? type : 'number'
}

export interface Writing {
  format: Pick<FormatContext, 'locale' | 'currency'>
  /** For amounts of several currencies, of which nobody knows how much each is. */
  mixed: string
}

/** A dash where there is no figure. */
const nothing = '–'
/** Of averages: more digits say nothing. */
const decimals = 2

/** The figure with all its digits. */
export function exactFigure(value: WidgetValue | undefined, unit: Unit, { format, mixed }: Writing): string {
  if (value === null || value === undefined) return nothing
  if (typeof value === 'object')
    return (
      amountsIn(value)
        ?.map((one) => formatMoney(one, null, format))
        .join(' · ') ?? mixed
    )
  if (typeof value === 'string') return formatDate(value, format.locale)
  if (unit === 'percent') return formatPercent(value, format.locale)
  if (unit === 'duration') return formatDuration(value)
  const figure = formatNumber(value, format.locale, decimals)
  return unit === 'rating' ? `${figure}/5` : figure
}

/** The amounts of each currency; undefined where these are not known. */
export const amountsIn = (value: WidgetMoney | WidgetMixedMoney): WidgetMoney[] | undefined =>
  value.amount === null ? value.amounts : [value]

/** From here on digits are left out where there is little room: amounts have cents besides. */
const manyDigits = { amount: 1_000, number: 10_000 }

/** «1.2 M» and «€34.5 K»: for the edges of charts and narrow places, with the exact figure on hover. */
export function shortFigure(value: WidgetValue | undefined, unit: Unit, writing: Writing): string {
  const amount = numberOf(value)
  const currency = typeof value === 'object' && value?.currency
  const isShort = Math.abs(amount ?? 0) < (currency ? manyDigits.amount : manyDigits.number)
  if (amount === null || unit !== 'number' || isShort) return exactFigure(value, unit, writing)
  return new Intl.NumberFormat(writing.format.locale, {
    notation: 'compact',
    maximumFractionDigits: 1,
    ...(currency && { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  }).format(amount)
}

/** Along the edge of a chart: no more digits than tell two marks apart. */
export function edgeFigure(amount: number, currency: string | undefined, unit: Unit, writing: Writing): string {
  if (unit !== 'number') return exactFigure(amount, unit, writing)
  return new Intl.NumberFormat(writing.format.locale, {
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
    ...(currency && { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  }).format(amount)
}

/** For drawing and comparing; null where there is none. */
export function numberOf(value: WidgetValue | undefined): number | null {
  if (value === null || value === undefined || typeof value === 'string') return null
  if (typeof value === 'number') return value
  return value.amount === null ? null : Number(value.amount)
}

/** Whether the values have no common measure: neither an axis nor a whole that they are parts of. */
export function areOfSeveralCurrencies(values: WidgetValue[]): boolean {
  const amounts = values.filter((value) => typeof value === 'object' && value !== null)
  return amounts.some(({ amount }) => amount === null) || new Set(amounts.map(({ currency }) => currency)).size > 1
}

/** All that a chart shows. */
export const valuesIn = ({ series, others, previous }: ChartData): WidgetValue[] => [
  ...series.flatMap(({ values }) => values),
  ...(others?.values ?? []),
  ...(previous ?? []),
]

/** «+12 %» or «−3 %» of a share such as 0.12. */
export function changeText(change: number, locale: string): string {
  const digits = Math.abs(change) < 0.1 && change !== 0 ? 1 : 0
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: digits,
  }).format(change)
}

/** @param none the word for records without a value. */
export function categoryText(
  { label }: Pick<WidgetCategory, 'label'>,
  interval: WidgetInterval | null,
  locale: string,
  none: string,
): string {
  if (label === '') return none
  return interval ? steps[interval](label, locale) : label
}

type Step = (label: string, locale: string) => string

const dayIn = (label: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${label.slice(0, 10)}T00:00:00Z`))

/** The 1st of January 2024 was a Monday. */
const weekdayName = (number: number): string => `2024-01-0${number}`

const steps: Record<WidgetInterval, Step> = {
  day: (label, locale) => dayIn(label, locale, { day: 'numeric', month: 'short' }),
  week: (label, locale) => dayIn(label, locale, { day: 'numeric', month: 'short' }),
  month: (label, locale) => dayIn(label, locale, { month: 'short', year: 'numeric' }),
  quarter: (label) => `Q${Math.floor((Number(label.slice(5, 7)) - 1) / 3) + 1} ${label.slice(0, 4)}`,
  year: (label) => label.slice(0, 4),
  weekday: (label, locale) => dayIn(weekdayName(Number(label)), locale, { weekday: 'short' }),
  hour: (label, locale) =>
    new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
      new Date(Date.UTC(2024, 0, 1, Number(label))),
    ),
}
