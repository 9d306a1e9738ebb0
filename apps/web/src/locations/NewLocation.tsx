import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { ApiError } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { errorText } from '../api/client.ts'
import { useWorkspace } from '../api/workspace.ts'
import { timeZones } from '../fields/timeZones.ts'
import { paths } from '../paths.ts'
import { Modal } from '../ui/Modal.tsx'
import { Select } from '../ui/Select.tsx'
import { useAddLocation } from './locations.ts'

/** A new location needs a name and the zone of its clock; everything else is filled in on its page. */
export function NewLocation({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('locationsettings')
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const add = useAddLocation()
  const [name, setName] = useState('')
  const [timeZone, setTimeZone] = useState(workspace.timeZone)
  const errors = add.error instanceof ApiError ? add.error.byField() : {}
  const save = () =>
    add.mutate({ name: name.trim(), timeZone }, { onSuccess: ({ id }) => navigate(paths.settings(`locations/${id}`)) })
  return (
    <Modal opened onClose={onClose} title={t('add')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) save()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('name')}
            placeholder={t('namePlaceholder')}
            data-autofocus
            required
            value={name}
            error={errors.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('timeZone')}
            size="sm"
            searchable
            allowDeselect={false}
            value={timeZone}
            error={errors.timeZone}
            data={timeZones(timeZone)}
            onChange={(next) => next && setTimeZone(next)}
          />
          {add.error && Object.keys(errors).length === 0 && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {errorText(add.error)}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" loading={add.isPending} disabled={!name.trim()}>
              {t('add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
