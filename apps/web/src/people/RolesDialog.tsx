import { Alert, Button, Checkbox, Group, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PreviewList } from '../access/PreviewList.tsx'
import { type HeldRole, useMemberAccess, useMemberPreview, useSetRoles } from '../access/rights.ts'
import { errorText } from '../api/client.ts'
import { showToast } from '../ui/toast.tsx'
import { useRoleChoices } from './useRoleLabels.ts'

interface RolesDialogProps {
  userId: string
  name: string
  onClose: () => void
}

/** Chooses the roles of a member and shows, before saving, what they gain and lose by it. */
export function RolesDialog({ userId, name, onClose }: RolesDialogProps) {
  const { t } = useTranslation('people')
  const { data: member, error } = useMemberAccess(userId)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('roles.of', { name })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {error && <Text role="alert">{errorText(error)}</Text>}
      {!member && !error && <Skeleton height={160} />}
      {member && (
        <RolesForm
          userId={userId}
          name={name}
          held={member.roles.map(({ key, locationId }) => ({ key, locationId }))}
          onClose={onClose}
        />
      )}
    </Modal>
  )
}

function RolesForm({ userId, name, held, onClose }: RolesDialogProps & { held: HeldRole[] }) {
  const { t } = useTranslation('people')
  const choices = useRoleChoices()
  const [roles, setRoles] = useState(held)
  const [previewed, setPreviewed] = useState<HeldRole[]>()
  const preview = useMemberPreview(userId, previewed ?? [], previewed !== undefined)
  const save = useSetRoles(userId)
  const holds = (key: string) => roles.some((role) => role.key === key)
  const isChanged = JSON.stringify(roles) !== JSON.stringify(held)
  // A role given here counts everywhere; one held at locations keeps them until it is taken.
  const toggle = (key: string, given: boolean) => {
    setPreviewed(undefined)
    const before = held.filter((role) => role.key === key)
    const others = roles.filter((role) => role.key !== key)
    setRoles(given ? [...others, ...(before.length ? before : [{ key, locationId: null }])] : others)
  }
  const refusal = save.error ?? preview.error
  return (
    <Stack gap="md">
      <Stack gap={10}>
        {choices.map(({ key, label }) => {
          const places = roles.filter((role) => role.key === key && role.locationId).length
          return (
            <Checkbox
              key={key}
              label={label}
              description={places ? t('roles.atLocations', { count: places }) : undefined}
              checked={holds(key)}
              onChange={(event) => toggle(key, event.currentTarget.checked)}
            />
          )
        })}
      </Stack>
      {roles.length === 0 && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('roles.needsOne')}
        </Text>
      )}
      {previewed && preview.isPending && <Skeleton height={60} />}
      {previewed && preview.data && <PreviewList preview={preview.data} />}
      {refusal && (
        <Alert color="red" variant="light" role="alert">
          {errorText(refusal)}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button size="sm" variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button size="sm" variant="default" disabled={!isChanged || !roles.length} onClick={() => setPreviewed(roles)}>
          {t('roles.preview')}
        </Button>
        <Button
          size="sm"
          disabled={!isChanged || !roles.length}
          loading={save.isPending}
          onClick={() =>
            save.mutate(roles, {
              onSuccess: () => {
                onClose()
                showToast({ message: t('roles.saved', { name }) })
              },
            })
          }
        >
          {t('save')}
        </Button>
      </Group>
    </Stack>
  )
}
