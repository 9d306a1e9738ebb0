/** Sums, averages and the like over what a list shows, worked out by the server. */
import type { FieldMeta, Money, ObjectMeta, TotalOp, ViewSettings } from '@oneforge/client'
import { type FormatContext, formatNumber, formatValue, shownType } from '../../fields/format.ts'

export interface Total {
  field: FieldMeta
  op: TotalOp
}

/** A row of an aggregate: groups and measures by their names. */
export type Sums = Record<string, unknown>

const numbers = ['number', 'integer', 'percent', 'duration', 'rating', 'money']
const moments = ['date', 'datetime']

/** What can be worked out over a field; nothing for most. */
export function opsOf(field: FieldMeta): TotalOp[] {
  const type = shownType(field)
  if (numbers.includes(type)) return ['sum', 'avg', 'min', 'max', 'count']
  return moments.includes(type) && field.type === type ? ['min', 'max', 'count'] : []
}

export function totalsOf({ columnSettings = [] }: ViewSettings, fields: FieldMeta[]): Total[] {
  return columnSettings.flatMap(({ field: key, total }) => {
    const field = fields.find((one) => one.key === key)
    return field && total && opsOf(field).includes(total) ? [{ field, op: total }] : []
  })
}

/** What the heads of a board's columns tell: the totals of the list, or else the object's amount. */
export function headTotals(object: ObjectMeta, fields: FieldMeta[], settings: ViewSettings): Total[] {
  const chosen = totalsOf(settings, fields)
  if (chosen.length > 0) return chosen
  const amount = object.fields.find((one) => one.key === object.roles.amount && shownType(one) === 'money')
  return amount ? [{ field: amount, op: 'sum' }] : []
}

/** The settings with another total for a field, or with none. */
export function withTotal(
  { columnSettings = [] }: ViewSettings,
  key: string,
  op: TotalOp | undefined,
): Pick<Required<ViewSettings>, 'columnSettings'> {
  const { total: _before, ...standing } = columnSettings.find(({ field }) => field === key) ?? { field: key }
  const others = columnSettings.filter(({ field }) => field !== key)
  const says = op !== undefined || Object.keys(standing).length > 1
  return { columnSettings: says ? [...others, { ...standing, ...(op && { total: op }) }] : others }
}

export const measuresOf = (totals: Total[]) => [
  { op: 'count' as const },
  ...totals.map(({ field, op }) => ({ op, field: field.key })),
]

/** One result as it is read; '' where there is nothing to work it out of. */
export function totalText(sums: Sums, { field, op }: Total, format: FormatContext): string {
  const value = sums[`${op}(${field.key})`]
  if (value == null) return ''
  if (op === 'count') return formatNumber(value, format.locale, 0)
  if (op === 'avg' && typeof value === 'number') {
    const rounded = Math.round(value * 100) / 100
    return shownType(field) === 'percent'
      ? formatValue(field, rounded, format)
      : formatNumber(rounded, format.locale, 2)
  }
  return formatValue(field, value as Money | number | string, format)
}
