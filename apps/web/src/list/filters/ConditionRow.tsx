import { Select } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { ConditionValue } from './ConditionValue.tsx'
import classes from './FilterBuilder.module.css'
import type { Condition } from './filterTree.ts'
import { familyOf, operatorsOf, valuesOf } from './operators.ts'

interface ConditionRowProps {
  fields: FieldMeta[]
  condition: Condition
  onChange: (condition: Condition) => void
}

/** Field, question, answer. */
export function ConditionRow({ fields, condition, onChange }: ConditionRowProps) {
  const { t } = useTranslation('list')
  const field = fields.find(({ key }) => key === condition.field)

  function chooseField(key: string | null): void {
    const next = fields.find((candidate) => candidate.key === key)
    if (next) onChange({ ...condition, field: next.key, op: operatorsOf(next)[0]!, value: null })
  }

  function chooseOperator(op: string | null): void {
    if (!op) return
    const keepsValue = valuesOf(op) === valuesOf(condition.op)
    onChange({ ...condition, op, value: keepsValue ? condition.value : null })
  }

  const operators = field ? operatorsOf(field) : []
  // A view may ask a question that the builder does not offer for this type; it stays choosable.
  const offered = new Set<string>([...operators, condition.op])
  const questions = [...offered].map((op) => ({
    value: op,
    label: t(`filter.op.${field ? familyOf(field) : 'other'}.${op}`, { defaultValue: t(`filter.op.any.${op}`) }),
  }))
  return (
    <div className={classes.condition}>
      <Select
        className={classes.field}
        size="xs"
        aria-label={t('filter.field')}
        data={fields.map(({ key, label }) => ({ value: key, label }))}
        value={condition.field}
        onChange={chooseField}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('filter.noField')}
        comboboxProps={{ withinPortal: false }}
        maxDropdownHeight={280}
      />
      <Select
        className={classes.operator}
        size="xs"
        aria-label={t('filter.operator')}
        data={questions}
        value={condition.op}
        onChange={chooseOperator}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      {field && (
        <ConditionValue
          key={`${field.key} ${valuesOf(condition.op)}`}
          field={field}
          op={condition.op}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )}
    </div>
  )
}
