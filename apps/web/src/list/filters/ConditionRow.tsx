import { Select } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { ConditionValue } from './ConditionValue.tsx'
import classes from './FilterBuilder.module.css'
import type { Condition } from './filterTree.ts'
import { familyOf, operatorsOf, valuesOf } from './operators.ts'
import { PathSelect } from './PathSelect.tsx'
import { useWays, type Ways } from './ways.ts'

interface ConditionRowProps {
  fields: FieldMeta[]
  ways: Ways | undefined
  condition: Condition
  onChange: (condition: Condition) => void
}

/** Field, question, answer. */
export function ConditionRow({ fields, ways, condition, onChange }: ConditionRowProps) {
  const { t } = useTranslation('list')
  const [way] = useWays(ways?.object, fields, [condition.field])
  const field = way?.field
  const operators = field ? operatorsOf(field) : []
  const op = condition.op || operators[0] || ''

  function chooseField(path: string): void {
    const next = fields.find(({ key }) => key === path)
    // What lies at the end of a way is known once it has been walked: the question waits for it.
    onChange({ ...condition, field: path, op: next ? operatorsOf(next)[0]! : '', value: null })
  }

  function chooseOperator(next: string | null): void {
    if (!next) return
    const keepsValue = valuesOf(next) === valuesOf(op)
    onChange({ ...condition, op: next, value: keepsValue ? condition.value : null })
  }

  // A view may ask a question that the builder does not offer for this type; it stays choosable.
  const offered = new Set<string>([...operators, ...(op ? [op] : [])])
  const questions = [...offered].map((op) => ({
    value: op,
    label: t(`filter.op.${field ? familyOf(field) : 'other'}.${op}`, { defaultValue: t(`filter.op.any.${op}`) }),
  }))
  return (
    <div className={classes.condition}>
      {way && <PathSelect fields={fields} way={way} path={condition.field} ways={ways} onChoose={chooseField} />}
      <Select
        className={classes.operator}
        size="xs"
        aria-label={t('filter.operator')}
        data={questions}
        value={op || null}
        disabled={!field}
        placeholder={t('filter.choose')}
        onChange={chooseOperator}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      {field && op && (
        <ConditionValue
          key={`${field.key} ${valuesOf(op)}`}
          field={field}
          op={op}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, op, value })}
        />
      )}
    </div>
  )
}
