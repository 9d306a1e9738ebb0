import { Select, Stack, Text } from '@mantine/core'
import type { FieldMeta, FieldType, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { shownType } from '../fields/format.ts'
import { showError } from '../ui/toast.tsx'
import { useUpdateObject } from './metadataChanges.ts'

type Role = keyof ObjectMeta['roles']

const fitting: [role: Role, types: FieldType[]][] = [
  ['title', ['text', 'longtext', 'email', 'phone', 'url', 'select', 'autonumber']],
  ['stage', ['select']],
  ['amount', ['money']],
  ['startsAt', ['date', 'datetime']],
  ['endsAt', ['date', 'datetime']],
  ['dueAt', ['date', 'datetime']],
  ['email', ['email']],
  ['phone', ['phone']],
]

/** Which field names a record, moves it through stages, dates it: what lists, calendars and forecasts go by. */
export function RolesForm({ object, editable }: { object: ObjectMeta; editable: boolean }) {
  const { t } = useTranslation('settings')
  const update = useUpdateObject(object.slug)
  const choose = (role: Role, key: string | null) => {
    update.mutate({ roles: { [role]: key } }, { onError: showError })
  }
  return (
    <Stack gap="md" maw={480}>
      <Text size="sm" c="dimmed">
        {t('object.rolesExplanation')}
      </Text>
      {fitting.map(([role, types]) => {
        // A stage is moved by hand; anything else may be worked out.
        const mayTake = (field: FieldMeta) => types.includes(shownType(field)) && !(role === 'stage' && field.computed)
        const choices = object.fields.filter(mayTake)
        return (
          <Select
            key={role}
            label={t(`role.${role}.name`)}
            description={t(`role.${role}.explanation`)}
            placeholder={choices.length === 0 ? t('role.noField') : t('role.none')}
            disabled={!editable || choices.length === 0}
            allowDeselect={role !== 'title'}
            clearable={role !== 'title'}
            clearButtonProps={{ 'aria-label': t('clear') }}
            value={object.roles[role] ?? null}
            data={choices.map(({ key, label }) => ({ value: key, label }))}
            onChange={(key) => choose(role, key)}
          />
        )
      })}
    </Stack>
  )
}
