/** Values of definitions as a person reads them: names instead of what they are kept as. */
import { useTranslation } from 'react-i18next'

interface Words {
  language: string
  yes: string
  no: string
  nothing: string
}

export function useValueText(): (value: unknown) => string {
  const { t, i18n } = useTranslation('versions')
  const words = { language: i18n.language, yes: t('yes'), no: t('no'), nothing: t('none') }
  return (value) => valueText(value, words)
}

/** «Yes», «Red, Blue», «label: Phone»: lists by their names, a text in several languages in the reader's. */
export function valueText(value: unknown, words: Words): string {
  if (value === null || value === undefined || value === '') return words.nothing
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) return value.map((one) => nameOf(one, words)).join(', ') || words.nothing
  if (typeof value === 'object') return nameOf(value, words)
  return String(value)
}

function nameOf(value: unknown, words: Words): string {
  if (typeof value !== 'object' || value === null) return valueText(value, words)
  const parts = value as Record<string, unknown>
  if (typeof parts.field === 'string' && 'op' in parts) return conditionOf(parts, words)
  const text = parts[words.language] ?? parts.en
  if (typeof text === 'string') return text
  const name = parts.label ?? parts.value ?? parts.key
  if (name !== undefined) return valueText(name, words)
  return Object.entries(parts)
    .map(([part, inner]) => `${part}: ${valueText(inner, words)}`)
    .join('; ')
}

/** A condition of a filter: «wheel gt 20». */
const conditionOf = ({ field, op, value }: Record<string, unknown>, words: Words): string =>
  [field, op, ...(value === undefined ? [] : [valueText(value, words)])].join(' ')
