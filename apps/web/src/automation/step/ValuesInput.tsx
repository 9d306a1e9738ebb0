import { Stack } from '@mantine/core'
import type { WorkflowValue } from '@oneforge/client'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useObject } from '../../api/objects.ts'
import { isEditable } from '../../fields/FieldEditor.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { useForm } from './formContext.ts'
import classes from './step.module.css'
import { ValueInput } from './ValueInput.tsx'

interface ValuesInputProps {
  /** Whose fields they are. */
  object: string
  values: Record<string, WorkflowValue>
  onChange: (values: Record<string, WorkflowValue>) => void
}

/** Fields of a record with what each is set to. */
export function ValuesInput({ object: slug, values, onChange }: ValuesInputProps) {
  const { t } = useTranslation('automation')
  const { problem } = useForm()
  const { data: object } = useObject(slug, slug !== '')
  const fields = object?.fields.filter(isEditable) ?? []
  const chosen = Object.keys(values)
  const left = fields.filter(({ key }) => !chosen.includes(key))
  const labelOf = (key: string) => fields.find((field) => field.key === key)?.label ?? key
  const without = (key: string) => Object.fromEntries(Object.entries(values).filter(([name]) => name !== key))
  return (
    <Stack gap="xs">
      {chosen.map((key) => (
        <div key={key} className={classes.row}>
          <div className={classes.rowHead}>
            <strong>{labelOf(key)}</strong>
            <IconButton
              size="sm"
              label={t('values.remove', { field: labelOf(key) })}
              onClick={() => onChange(without(key))}
            >
              <IconX size={14} />
            </IconButton>
          </div>
          {object && (
            <ValueInput
              label={t('value.label')}
              part={`values.${key}`}
              field={fields.find((field) => field.key === key)}
              value={values[key]}
              onChange={(value) => onChange({ ...values, [key]: value })}
            />
          )}
          {problem(`values.${key}`)}
        </div>
      ))}
      <Select
        searchable
        label={t('values.add')}
        placeholder={t('choose')}
        error={problem('values')}
        value={null}
        data={left.map(({ key, label }) => ({ value: key, label }))}
        onChange={(key) => key && onChange({ ...values, [key]: null })}
      />
    </Stack>
  )
}

/** Names and values of something that has no fields: headers of a request, what an operation is given. */
export function PairsInput({
  values,
  onChange,
  label,
  names,
}: {
  values: Record<string, WorkflowValue>
  onChange: (values: Record<string, WorkflowValue>) => void
  label: string
  /** Those that there are; any without. */
  names: string[]
}) {
  const { t } = useTranslation('automation')
  const rest = names.filter((name) => !(name in values))
  return (
    <Stack gap="xs">
      {Object.entries(values).map(([name, value]) => (
        <div key={name} className={classes.row}>
          <div className={classes.rowHead}>
            <strong>{name}</strong>
            <IconButton
              size="sm"
              label={t('values.remove', { field: name })}
              onClick={() => onChange(Object.fromEntries(Object.entries(values).filter(([other]) => other !== name)))}
            >
              <IconX size={14} />
            </IconButton>
          </div>
          <ValueInput
            label={t('value.label')}
            part={`input.${name}`}
            value={value}
            onChange={(next) => onChange({ ...values, [name]: next })}
          />
        </div>
      ))}
      {rest.length > 0 && (
        <Select
          searchable
          label={label}
          placeholder={t('choose')}
          value={null}
          data={rest}
          onChange={(name) => name && onChange({ ...values, [name]: '' })}
        />
      )}
    </Stack>
  )
}
