import { Alert, Button, CopyButton, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import type { ApiKeyInput } from '@oneforge/client'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { useRoleChoices } from '../people/useRoleLabels.ts'
import { Modal } from '../ui/Modal.tsx'
import { MultiSelect, Select } from '../ui/Select.tsx'
import { KeyLimitInput } from './KeyLimitInput.tsx'
import { expiryAfter, lifetimes } from './keyExpiry.ts'
import classes from './security.module.css'
import { useCreateApiKey, useOperationNames } from './settings.ts'

/** Makes a key: a name, what it may do, until when. Then shows it, this once. */
export function NewApiKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('security')
  const create = useCreateApiKey()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(create.data ? 'keys.made' : 'keys.add')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {create.data ? (
        <NewKey apiKey={create.data.key} onDone={onClose} />
      ) : (
        <KeyForm
          refusal={create.error ? errorText(create.error) : undefined}
          saving={create.isPending}
          onSave={(input) => create.mutate(input)}
          onClose={onClose}
        />
      )}
    </Modal>
  )
}

function NewKey({ apiKey, onDone }: { apiKey: string; onDone: () => void }) {
  const { t } = useTranslation('security')
  return (
    <Stack gap="md">
      <Alert color="yellow" variant="light">
        {t('keys.once')}
      </Alert>
      <div className={classes.text}>
        <span className={classes.key}>{apiKey}</span>
      </div>
      <Group justify="space-between">
        <CopyButton value={apiKey}>
          {({ copied, copy }) => (
            <Button variant="default" leftSection={<IconCopy size={14} />} onClick={copy}>
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
        <Button size="sm" onClick={onDone}>
          {t('keys.kept')}
        </Button>
      </Group>
    </Stack>
  )
}

interface KeyFormProps {
  refusal: string | undefined
  saving: boolean
  onSave: (input: ApiKeyInput) => void
  onClose: () => void
}

function KeyForm({ refusal, saving, onSave, onClose }: KeyFormProps) {
  const { t } = useTranslation('security')
  const choices = useRoleChoices()
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<string[]>([])
  const [limit, setLimit] = useState<'roles' | 'operations'>('roles')
  const [operations, setOperations] = useState<string[]>([])
  const [lifetime, setLifetime] = useState<string>('90')
  const [requestsPerMinute, setRequestsPerMinute] = useState<number | null>(null)
  const { data: names = [] } = useOperationNames(limit === 'operations')
  const isComplete = name.trim() && roles.length && (limit === 'roles' || operations.length)
  const save = () => {
    const expiresAt = expiryAfter(Number(lifetime), new Date())
    onSave({
      name: name.trim(),
      roles,
      ...(limit === 'operations' && { operations }),
      ...(expiresAt && { expiresAt }),
      ...(requestsPerMinute && { requestsPerMinute }),
    })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) save()
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('keys.name')}
          description={t('keys.nameHelp')}
          data-autofocus
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <MultiSelect
          label={t('keys.roles')}
          description={t('keys.rolesHelp')}
          required
          hidePickedOptions
          value={roles}
          onChange={setRoles}
          data={choices.map(({ key, label }) => ({ value: key, label }))}
        />
        <SegmentedControl
          aria-label={t('keys.limit')}
          value={limit}
          onChange={(next) => setLimit(next as typeof limit)}
          data={[
            { value: 'roles', label: t('keys.allOfRoles') },
            { value: 'operations', label: t('keys.someOperations') },
          ]}
        />
        {limit === 'operations' && (
          <MultiSelect
            label={t('keys.operations')}
            description={t('keys.operationsHelp')}
            searchable
            hidePickedOptions
            maxDropdownHeight={220}
            value={operations}
            onChange={setOperations}
            data={names}
          />
        )}
        <Select
          label={t('keys.expires')}
          allowDeselect={false}
          value={lifetime}
          onChange={(next) => setLifetime(next ?? '90')}
          data={lifetimes.map((days) => ({
            value: String(days),
            label: days ? t('keys.days', { count: days }) : t('keys.noExpiry'),
          }))}
        />
        {lifetime === '0' && (
          <Text size="xs" c="dimmed">
            {t('keys.noExpiryHelp')}
          </Text>
        )}
        <KeyLimitInput value={requestsPerMinute} onChange={setRequestsPerMinute} />
        {refusal && (
          <Alert color="red" variant="light" role="alert">
            {refusal}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button size="sm" type="submit" disabled={!isComplete} loading={saving}>
            {t('keys.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
