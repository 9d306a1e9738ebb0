import { useTranslation } from 'react-i18next'
import { useColleagues } from '../../api/workspace.ts'
import { Select } from '../../ui/Select.tsx'
import { PersonValue } from '../FieldValue.tsx'
import { type EditorProps, inputProps, opensOnFocus } from './editorProps.ts'

/** A member of the workspace. */
export function UserEditor(props: EditorProps) {
  const { t } = useTranslation('fields')
  const value = (props.value as string | null) ?? null
  const colleagues = useColleagues(value)
  const inCell = props.variant === 'cell'
  return (
    <Select
      {...inputProps(props)}
      data={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      renderOption={({ option }) => <PersonValue name={option.label} />}
      searchable
      openOnFocus={opensOnFocus(props)}
      allowDeselect={false}
      clearable={!props.field.required}
      clearButtonProps={{ 'aria-label': t('clear') }}
      nothingFoundMessage={t('user.nothingFound')}
      defaultDropdownOpened={inCell}
      onChange={(value) => (inCell ? props.onDone(value) : props.onChange(value))}
    />
  )
}
