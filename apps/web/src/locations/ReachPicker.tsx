import { useTranslation } from 'react-i18next'
import { MultiSelect, Select } from '../ui/Select.tsx'
import type { Reach } from './heldRoles.ts'
import classes from './locations.module.css'
import { useLocations } from './locations.ts'

interface ReachPickerProps {
  /** What it is about: the name of a role. Without it the picker has labels of its own that one sees. */
  role?: string
  value: Reach
  error?: string | undefined
  onChange: (reach: Reach) => void
}

/** Everywhere, or at some locations; nothing to choose where the workspace has none. */
export function ReachPicker({ role, value, error, onChange }: ReachPickerProps) {
  const { t } = useTranslation(['locationsettings', 'locations'])
  const { data: locations = [] } = useLocations()
  const choices = locations.filter(({ id, active }) => active || value.includes(id))
  const [only] = choices
  if (!only) return null
  const isEverywhere = value === 'everywhere'
  const begin = () => onChange(choices.length === 1 ? [only.id] : [])
  return (
    <div className={classes.reach} data-of-role={role !== undefined || undefined}>
      <Select
        className={classes.reachKind}
        size="sm"
        label={role === undefined ? t('roles.where') : undefined}
        aria-label={role === undefined ? undefined : t('roles.whereOf', { role })}
        allowDeselect={false}
        value={isEverywhere ? 'everywhere' : 'some'}
        data={[
          { value: 'everywhere', label: t('roles.everywhere') },
          { value: 'some', label: t('roles.atSome') },
        ]}
        onChange={(kind) => (kind === 'some' ? begin() : onChange('everywhere'))}
      />
      {!isEverywhere && (
        <MultiSelect
          className={classes.reachPlaces}
          size="sm"
          aria-label={role === undefined ? t('roles.choose') : t('roles.locationsOf', { role })}
          placeholder={value.length ? undefined : t('roles.choose')}
          searchable
          hidePickedOptions
          error={error ?? (value.length ? undefined : t('roles.needsOne'))}
          value={value}
          data={choices.map(({ id, name, active }) => ({
            value: id,
            label: active ? name : t('locations:inactiveName', { name }),
          }))}
          onChange={onChange}
        />
      )}
    </div>
  )
}
