import { SegmentedControl, TextInput } from '@mantine/core'
import type { FieldMeta, WorkflowText, WorkflowValue } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldEditor } from '../../fields/FieldEditor.tsx'
import { requestValue } from '../../fields/requestValue.ts'
import { FormulaInput } from './FormulaInput.tsx'
import { MergeText } from './MergeText.tsx'
import { RecordSelect } from './RecordSelect.tsx'
import classes from './step.module.css'

type Way = 'fixed' | 'text' | 'formula'

interface ValueInputProps {
  label: string
  part: string
  /** What the value is for: its own editor is offered. */
  field?: FieldMeta | undefined
  value: WorkflowValue | undefined
  onChange: (value: WorkflowValue) => void
}

/** A value as it stands, a text with fields in it, or a formula. */
export function ValueInput({ label, part, field, value = null, onChange }: ValueInputProps) {
  const { t } = useTranslation('automation')
  const [way, setWay] = useState<Way>(() => wayOf(value, field))
  const turnTo = (next: Way) => {
    setWay(next)
    onChange(next === 'formula' ? { formula: '' } : next === 'text' ? '' : null)
  }
  return (
    <div className={classes.value}>
      <SegmentedControl
        size="xs"
        aria-label={t('value.way', { label })}
        value={way}
        onChange={(next) => turnTo(next as Way)}
        data={(['fixed', 'text', 'formula'] as const).map((one) => ({ value: one, label: t(`value.${one}`) }))}
      />
      {way === 'formula' && (
        <FormulaInput
          label={label}
          part={part}
          value={isFormula(value) ? String(value.formula) : ''}
          onChange={(formula) => onChange({ formula })}
        />
      )}
      {way === 'text' && (
        <MergeText label={label} part={part} value={value as WorkflowText} onChange={(text) => onChange(text)} />
      )}
      {way === 'fixed' && <FixedValue label={label} field={field} value={value} onChange={onChange} />}
    </div>
  )
}

function FixedValue({ label, field, value, onChange }: Omit<ValueInputProps, 'part'>) {
  if (field?.relation && !field.relation.many) {
    return (
      <RecordSelect
        label={label}
        object={field.relation.object}
        value={typeof value === 'string' ? value : undefined}
        onChange={onChange}
      />
    )
  }
  if (field) {
    return (
      <FieldEditor
        field={{ ...field, label, required: false, help: null }}
        value={value}
        onChange={(next) => onChange(requestValue(field, next) as WorkflowValue)}
        variant="form"
      />
    )
  }
  return (
    <TextInput
      label={label}
      value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const isFormula = (value: WorkflowValue | undefined): value is { formula: string } =>
  typeof value === 'object' && value !== null && 'formula' in value

function wayOf(value: WorkflowValue, field: FieldMeta | undefined): Way {
  if (isFormula(value)) return 'formula'
  if (typeof value === 'string' && value.includes('{{')) return 'text'
  return field || value === null || typeof value === 'string' ? 'fixed' : 'formula'
}
