/** What columns of a file can be mapped to, as people call it. */
import type { ObjectMeta } from '@oneforge/client'
import type { TFunction } from 'i18next'
import { importableFields, recordNumberKey } from './importDraft.ts'

interface Choice {
  value: string
  label: string
}

/** Fields, what can be said of moves through pipelines, and the record's number. */
export function columnChoices(object: ObjectMeta, t: TFunction<'imports'>): Choice[] {
  return [
    ...importableFields(object).map(({ key, label, required }) => ({
      value: key,
      label: required ? `${label} *` : label,
    })),
    ...moveChoices(object, t),
    { value: recordNumberKey, label: t('recordNumber') },
  ]
}

/** Why records come into a stage, with a note, and what is ticked off in the one before. */
function moveChoices(object: ObjectMeta, t: TFunction<'imports'>): Choice[] {
  const writable = new Set(importableFields(object).map(({ key }) => key))
  return object.pipelines
    .filter(({ field }) => writable.has(field))
    .flatMap(({ key, label, stages }) => {
      const reasons = stages.some((stage) => stage.reasons) ? (['reason', 'note'] as const) : []
      const done = stages.some(({ checklist }) => checklist.length > 0) ? (['done'] as const) : []
      return [...reasons, ...done].map((part) => ({
        value: `stageMoves.${key}.${part}`,
        label: t(`move.${part}`, { pipeline: label }),
      }))
    })
}

/** The name of what a column is mapped to, or of what a problem is about. */
export function columnName(object: ObjectMeta, key: string, t: TFunction<'imports'>): string {
  if (key === recordNumberKey) return t('recordNumber')
  const move = moveChoices(object, t).find(({ value }) => key === value || key.startsWith(`${value}.`))
  return object.fields.find((field) => field.key === key)?.label ?? move?.label ?? key
}
