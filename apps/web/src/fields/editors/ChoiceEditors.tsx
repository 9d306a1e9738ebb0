import { type ComboboxItem, Group, TagsInput } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { MultiSelect, Select } from '../../ui/Select.tsx'
import { OptionBadge } from '../OptionBadge.tsx'
import { type EditorProps, inputProps, opensOnFocus } from './editorProps.ts'

const noWiderThanNeeded = {
  position: 'bottom-start',
  width: 'max-content',
  middlewares: { flip: true, shift: true },
} as const

function choices(field: FieldMeta): ComboboxItem[] {
  return field.options.map(({ value, label }) => ({ value, label }))
}

/** Options appear as the badges they will be. */
function optionRenderer(field: FieldMeta) {
  const colors = new Map(field.options.map((option) => [option.value, option.color]))
  return function renderOption({ option, checked }: { option: ComboboxItem; checked?: boolean }) {
    return (
      <Group gap="xs" wrap="nowrap" justify="space-between" flex={1}>
        <OptionBadge label={option.label} color={colors.get(option.value)} />
        {checked && <IconCheck size={14} aria-hidden />}
      </Group>
    )
  }
}

/** In a cell the choice is the end of the edit. */
export function SelectEditor(props: EditorProps) {
  const { field, variant, onChange, onDone } = props
  const { t } = useTranslation('fields')
  const inCell = variant === 'cell'
  return (
    <Select
      {...inputProps(props)}
      data={choices(field)}
      value={(props.value as string | null) ?? null}
      renderOption={optionRenderer(field)}
      searchable
      openOnFocus={opensOnFocus(props)}
      allowDeselect={false}
      clearable={!field.required}
      clearButtonProps={{ 'aria-label': t('clear') }}
      nothingFoundMessage={t('select.nothingFound')}
      defaultDropdownOpened={inCell}
      comboboxProps={noWiderThanNeeded}
      onChange={(value) => (inCell ? onDone(value) : onChange(value))}
    />
  )
}

export function MultiSelectEditor(props: EditorProps) {
  const { t } = useTranslation('fields')
  return (
    <MultiSelect
      {...inputProps(props)}
      data={choices(props.field)}
      value={(props.value as string[] | null) ?? []}
      renderOption={optionRenderer(props.field)}
      searchable
      openOnFocus={opensOnFocus(props)}
      hidePickedOptions={false}
      nothingFoundMessage={t('select.nothingFound')}
      defaultDropdownOpened={props.variant === 'cell'}
      comboboxProps={noWiderThanNeeded}
      onChange={props.onChange}
    />
  )
}

/** Free words with the known ones suggested. */
export function TagsEditor(props: EditorProps) {
  const { t } = useTranslation('fields')
  const value = (props.value as string[] | null) ?? []
  return (
    <TagsInput
      {...inputProps(props)}
      data={choices(props.field).map(({ label }) => label)}
      value={value}
      placeholder={value.length === 0 ? t('tags.placeholder') : undefined}
      onChange={props.onChange}
    />
  )
}
