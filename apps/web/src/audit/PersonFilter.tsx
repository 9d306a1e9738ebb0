import { useTranslation } from 'react-i18next'
import { useMembers } from '../api/workspace.ts'
import { Select } from '../ui/Select.tsx'
import classes from './audit.module.css'

interface PersonFilterProps {
  person: string | undefined
  onChange: (person: string | undefined) => void
}

/** Whoever can have done something here: people, also those who left, and programs. */
export function PersonFilter({ person, onChange }: PersonFilterProps) {
  const { t } = useTranslation('audit')
  const { data: members = [] } = useMembers()
  const choices = (isProgram: boolean) =>
    members
      .filter(({ kind }) => (kind === 'service') === isProgram)
      .map(({ id, name }) => ({ value: id, label: name }))
      .toSorted((a, b) => a.label.localeCompare(b.label))
  const groups = [
    { group: t('filter.people'), items: choices(false) },
    { group: t('filter.services'), items: choices(true) },
  ]
  return (
    <Select
      size="xs"
      className={classes.person}
      aria-label={t('filter.person')}
      placeholder={t('filter.anybody')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('filter.anybody') }}
      comboboxProps={{ width: 240, position: 'bottom-start' }}
      value={person ?? null}
      onChange={(value) => onChange(value ?? undefined)}
      data={groups.filter(({ items }) => items.length > 0)}
    />
  )
}
