import type { FieldMeta, Filter, FilterCondition, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatValue, shownType } from '../fields/format.ts'
import { familyOf, valuesOf } from '../list/filters/operators.ts'
import { useWays } from '../list/filters/ways.ts'
import { useListFields } from '../list/useListFields.ts'
import { pathsOf, sentence } from './filterText.ts'

/** Says filters of the object in words: «Price is greater than €10.00 and Style is filled in». */
export function useFilterText(object: ObjectMeta, filters: (Filter | null)[]): (filter: Filter) => string {
  const { t } = useTranslation('list')
  const context = useFormatContext()
  const fields = useListFields(object)
  const paths = [...new Set(filters.flatMap((filter) => (filter ? pathsOf(filter) : [])))]
  const ways = useWays(object, fields, paths)
  const wayTo = new Map(paths.map((path, index) => [path, ways[index]]))

  function valueText(field: FieldMeta | undefined, value: unknown): string {
    if (Array.isArray(value)) return value.map((one) => valueText(field, one)).join(', ')
    if (typeof value === 'object' && value !== null) return relativeText(value as { relative?: string; n?: number })
    if (value === '@me') return t('filter.me')
    if (typeof value === 'boolean') return t(value ? 'filter.yes' : 'filter.no')
    const option = field?.options.find((one) => one.value === value || one.label === value)
    if (option) return option.label
    // An amount is compared as its number, a link by the id of its record.
    if (!field || field.type === 'relation' || shownType(field) === 'money') return String(value)
    return formatValue(field, value, context) || String(value)
  }

  function relativeText({ relative, n }: { relative?: string; n?: number }): string {
    return relative ? t(`filter.period.${relative}`, { defaultValue: relative }).replace('…', String(n ?? '')) : '…'
  }

  function conditionText({ field: path, op, value }: FilterCondition): string {
    const way = wayTo.get(path)
    const family = way?.field ? familyOf(way.field) : 'other'
    const question = t(`filter.op.${family}.${op}`, { defaultValue: t(`filter.op.any.${op}`, { defaultValue: op }) })
    const answer = valuesOf(op) === 'none' ? '' : ` ${valueText(way?.field, value)}`
    return `${way?.labels.join(' › ') || path} ${question}${answer}`
  }

  const words = { and: t('filter.and'), or: t('filter.or'), not: t('filter.not') }
  return (filter) => sentence(filter, conditionText, words)
}
