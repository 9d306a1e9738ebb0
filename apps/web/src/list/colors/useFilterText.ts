/** A filter in the words that the builder has for it: «Status is any of New, Active and Born is before 1990». */
import type { Filter, FilterCondition, ObjectMeta } from '@oneforge/client'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { asList, formatValue } from '../../fields/format.ts'
import { familyOf } from '../filters/operators.ts'
import { useListFields } from '../useListFields.ts'

export function useFilterText(object: ObjectMeta): (filter: Filter) => string {
  const { t } = useTranslation('list')
  const context = useFormatContext()
  const fields = useListFields(object)
  return useMemo(() => {
    function valueText(condition: FilterCondition, one: unknown): string {
      const field = fields.find(({ key }) => key === condition.field)
      if (typeof one === 'object' && one !== null && 'relative' in one) return t(`filter.period.${one.relative}`)
      if (typeof one === 'object' && one !== null && 'me' in one) return t('filter.me')
      return field ? formatValue(field, one, context) : String(one)
    }

    function conditionText(condition: FilterCondition): string {
      const { op, value } = condition
      const field = fields.find(({ key }) => key === condition.field)
      const family = field ? familyOf(field) : 'other'
      const verb = t(`filter.op.${family}.${op}`, { defaultValue: t(`filter.op.any.${op}`) })
      const values = op === 'empty' || op === 'notEmpty' ? [] : asList(value).map((one) => valueText(condition, one))
      return [field?.label ?? condition.field, verb, values.join(', ')].filter(Boolean).join(' ')
    }

    function textOf(filter: Filter): string {
      if ('and' in filter) return filter.and.map(textOf).join(` ${t('filter.and')} `)
      if ('or' in filter) return filter.or.map(textOf).join(` ${t('filter.or')} `)
      return 'not' in filter ? `${t('filter.not')} ${textOf(filter.not)}` : conditionText(filter)
    }
    return textOf
  }, [fields, context, t])
}
