import { Button, Group, Radio, Stack, Switch, Text } from '@mantine/core'
import type { ObjectMeta, View } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoles } from '../../access/rights.ts'
import { errorText } from '../../api/client.ts'
import { useUpdateView } from '../../api/objects.ts'
import { HelpButton } from '../../help/HelpButton.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { MultiSelect } from '../../ui/Select.tsx'

interface ShareDialogProps {
  object: ObjectMeta
  view: View
  onClose: () => void
}

/** Who sees a view, who may change it, and for whom it opens first. */
export function ShareDialog({ object, view, onClose }: ShareDialogProps) {
  const { t } = useTranslation('list')
  const [visibility, setVisibility] = useState(view.visibility)
  const [roles, setRoles] = useState(view.roles)
  const [locked, setLocked] = useState(view.locked || view.visibility === 'private')
  const [defaultFor, setDefaultFor] = useState(view.defaultFor)
  const { data = [] } = useRoles()
  const update = useUpdateView(object.slug)
  const choices = data.map(({ key, label }) => ({ value: key, label }))
  const isShared = visibility !== 'private'

  function submit(): void {
    const shared = { locked, defaultFor, ...(visibility === 'roles' && { roles }) }
    const change = { visibility, ...(isShared && shared) }
    update.mutate({ id: view.id, version: view.version, ...change }, { onSuccess: onClose })
  }

  return (
    <Modal opened onClose={onClose} title={t('view.shareTitle', { view: view.label })} size="md">
      <Stack gap="md">
        <Radio.Group
          label={t('view.whoSees')}
          value={visibility}
          onChange={(next) => setVisibility(next as View['visibility'])}
        >
          <Stack gap={6} mt={6}>
            <Radio value="private" label={t('view.private')} />
            <Radio value="everyone" label={t('view.everyone')} />
            <Radio value="roles" label={t('view.someRoles')} />
          </Stack>
        </Radio.Group>
        {visibility === 'roles' && (
          <MultiSelect label={t('view.roles')} data={choices} value={roles} onChange={setRoles} searchable />
        )}
        {isShared && (
          <>
            <Switch
              label={t('view.locked')}
              description={t('view.lockedText')}
              checked={locked}
              onChange={(event) => setLocked(event.currentTarget.checked)}
            />
            <MultiSelect
              label={t('view.defaultFor')}
              description={t('view.defaultForText', { objects: object.labelPlural })}
              data={choices}
              value={defaultFor}
              onChange={setDefaultFor}
              searchable
            />
          </>
        )}
        {update.error && (
          <Text c="red" size="sm" role="alert">
            {errorText(update.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <HelpButton topic="sharing" />
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button loading={update.isPending} disabled={visibility === 'roles' && roles.length === 0} onClick={submit}>
            {t('view.submit')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
