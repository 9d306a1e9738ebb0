import { Button, Group, Select, Stack, Switch, TextInput } from '@mantine/core'
import { ApiError, type NetworkRule } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { Modal } from '../ui/Modal.tsx'
import { useLocations } from './locations.ts'
import { NetworkRefusal } from './NetworkRefusal.tsx'
import { isLockOut, useNetworkChange } from './networks.ts'

/** A rule to change, or a new one, perhaps with its network filled in. */
export interface NetworkEdit {
  rule?: NetworkRule
  network?: string
}

interface NetworkDialogProps {
  edit: NetworkEdit
  address: string | null
  onClose: () => void
}

/** A network, new or there already. Whether it is one is for the server to say. */
export function NetworkDialog({ edit, address, onClose }: NetworkDialogProps) {
  const { t } = useTranslation('locationsettings')
  const { data: locations = [] } = useLocations()
  const change = useNetworkChange()
  const { rule } = edit
  const [network, setNetwork] = useState(rule?.network ?? edit.network ?? '')
  const [comment, setComment] = useState(rule?.comment ?? '')
  const [locationId, setLocationId] = useState(rule?.location?.id ?? null)
  const [active, setActive] = useState(rule?.active ?? true)
  const errors = change.error instanceof ApiError && !isLockOut(change.error) ? change.error.byField() : {}
  const isAtField = Boolean(errors.network ?? errors.comment ?? errors.locationId)
  const save = () => {
    const input = { network: network.trim(), comment: comment.trim() || null, locationId, active }
    change.mutate(() => (rule ? client.networks.update(rule.id, input) : client.networks.create(input)), {
      onSuccess: onClose,
    })
  }
  return (
    <Modal opened onClose={onClose} title={t(rule ? 'networks.edit' : 'networks.add')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (network.trim()) save()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('networks.network')}
            description={t('networks.networkHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data-autofocus
            required
            value={network}
            error={errors.network}
            onChange={(event) => setNetwork(event.currentTarget.value)}
          />
          <TextInput
            label={t('networks.comment')}
            placeholder={t('networks.commentPlaceholder')}
            value={comment}
            error={errors.comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <Select
            label={t('networks.where')}
            description={t(locationId ? 'networks.whereLocation' : 'networks.whereEverywhere')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            size="sm"
            allowDeselect={false}
            value={locationId ?? ''}
            error={errors.locationId}
            data={[
              { value: '', label: t('networks.everywhere') },
              ...locations.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(next) => setLocationId(next || null)}
          />
          <Switch
            label={t('networks.active')}
            checked={active}
            onChange={(event) => setActive(event.currentTarget.checked)}
          />
          {!isAtField && <NetworkRefusal error={change.error} address={address} onUseOwn={setNetwork} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" loading={change.isPending} disabled={!network.trim()}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
