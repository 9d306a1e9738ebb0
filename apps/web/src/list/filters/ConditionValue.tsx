import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMembers } from '../../api/workspace.ts'
import { DecimalInput } from '../../fields/editors/DecimalInput.tsx'
import { shownType } from '../../fields/format.ts'
import { MultiSelect, Select } from '../../ui/Select.tsx'
import { DateValue } from './DateValue.tsx'
import classes from './FilterBuilder.module.css'
import { familyOf, valuesOf } from './operators.ts'
import { RelationValue } from './RelationValue.tsx'
import type { ValueProps } from './valueProps.ts'

/** The answer's input, by type and by how many values the question wants. */
export function ConditionValue(props: ValueProps) {
  const wants = valuesOf(props.op)
  if (wants === 'none') return null
  if (wants === 'two') return <Range {...props} />
  if (wants === 'many') return <Choices {...props} />
  return <SingleValue {...props} />
}

function Range({ field, op, value, onChange }: ValueProps) {
  const { t } = useTranslation('list')
  const [from = null, to = null] = Array.isArray(value) ? value : []
  return (
    <div className={classes.range}>
      <SingleValue field={field} op={op} value={from} onChange={(next) => onChange([next, to])} />
      <span>{t('filter.and')}</span>
      <SingleValue field={field} op={op} value={to} onChange={(next) => onChange([from, next])} />
    </div>
  )
}

function SingleValue(props: ValueProps) {
  const { field } = props
  const family = familyOf(field)
  if (family === 'date') return <DateValue {...props} />
  if (family === 'boolean') return <YesOrNo {...props} />
  if (field.options.length) return <OneOption {...props} />
  if (family === 'number' && shownType(field) !== 'time') return <NumberValue {...props} />
  return <TextValue {...props} />
}

function TextValue({ field, value, onChange }: ValueProps) {
  const { t } = useTranslation('list')
  return (
    <TextInput
      className={classes.value}
      size="xs"
      type={shownType(field) === 'time' ? 'time' : 'text'}
      aria-label={t('filter.value')}
      placeholder={t('filter.value')}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function NumberValue({ value, onChange }: ValueProps) {
  const { t } = useTranslation('list')
  return (
    <DecimalInput
      className={classes.value}
      size="xs"
      aria-label={t('filter.value')}
      placeholder={t('filter.value')}
      value={typeof value === 'number' || typeof value === 'string' ? String(value) : null}
      onChange={(digits) => onChange(digits === null ? null : Number(digits))}
    />
  )
}

function YesOrNo({ value, onChange }: ValueProps) {
  const { t } = useTranslation('list')
  return (
    <Select
      className={classes.value}
      size="xs"
      aria-label={t('filter.value')}
      data={[
        { value: 'true', label: t('filter.yes') },
        { value: 'false', label: t('filter.no') },
      ]}
      value={typeof value === 'boolean' ? String(value) : null}
      onChange={(next) => onChange(next === null ? null : next === 'true')}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

function OneOption({ field, value, onChange }: ValueProps) {
  const { t } = useTranslation('list')
  return (
    <Select
      className={classes.value}
      size="xs"
      aria-label={t('filter.value')}
      placeholder={t('filter.choose')}
      data={field.options.map((option) => ({ value: option.value, label: option.label }))}
      value={typeof value === 'string' ? value : null}
      onChange={onChange}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

function Choices(props: ValueProps) {
  const { field } = props
  if (field.type === 'relation') return <RelationValue {...props} />
  if (shownType(field) === 'user') return <Members {...props} />
  return <Several {...props} data={field.options.map(({ value, label }) => ({ value, label }))} />
}

/** Stands in the list of members for whoever looks at the view. */
const me = '@me'

function Members({ value, onChange, ...props }: ValueProps) {
  const { t } = useTranslation('list')
  const { data: members = [] } = useMembers()
  const chosen = Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : me)) : []
  return (
    <Several
      {...props}
      value={chosen}
      onChange={(ids) => onChange((ids as string[]).map((id) => (id === me ? { me: true } : id)))}
      data={[{ value: me, label: t('filter.me') }, ...members.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  )
}

function Several({ value, onChange, data }: ValueProps & { data: { value: string; label: string }[] }) {
  const { t } = useTranslation('list')
  const chosen = Array.isArray(value) ? value.map(String) : []
  return (
    <MultiSelect
      className={classes.value}
      size="xs"
      aria-label={t('filter.value')}
      placeholder={chosen.length ? undefined : t('filter.choose')}
      data={data}
      value={chosen}
      onChange={onChange}
      searchable
      comboboxProps={{ withinPortal: false }}
    />
  )
}
