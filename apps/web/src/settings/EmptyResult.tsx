import { Button, Text } from '@mantine/core'
import type { FormulaCheck, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { askingForEmpty, countingEmpty, neededNames } from './emptyNames.ts'
import { useFormulaCheck } from './useFormulaCheck.ts'

interface EmptyResultProps {
  object: ObjectMeta
  expression: string
  names: FormulaCheck['names']
  recordId: string
  onChange: (expression: string) => void
}

/** Why the formula comes to nothing for the record, and the usual way out. */
export function EmptyResult({ object, expression, names, recordId, onChange }: EmptyResultProps) {
  const { t, i18n } = useTranslation('modelling')
  const needed = neededNames(expression, names)
  const { data, isPlaceholderData } = useFormulaCheck(object.slug, { expression: askingForEmpty(needed), recordId })
  const found = isPlaceholderData ? [] : (data?.text ?? '').split(' ')
  const empty = needed.filter(({ name }) => found.includes(name))
  if (empty.length === 0) return null
  const counting = countingEmpty(expression, empty)
  const labels = empty.map(({ label }) => t('formula.quoted', { label }))
  const list = new Intl.ListFormat(i18n.language).format(labels)
  return (
    <>
      <Text span size="xs" c="dimmed">
        {t('formula.because', { names: list, count: empty.length })}
      </Text>
      {counting && (
        <Button size="compact-xs" variant="default" onClick={() => onChange(counting)}>
          {t(counting.includes('""') ? 'formula.countAsNothing' : 'formula.countAsZero')}
        </Button>
      )}
    </>
  )
}
