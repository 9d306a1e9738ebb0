import { Alert, Button, Checkbox, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PreviewList } from '../access/PreviewList.tsx'
import { type HeldRole, useMemberAccess, useMemberPreview, useSetRoles } from '../access/rights.ts'
import { errorText } from '../api/client.ts'
import { asList, byRole, type HeldRoles, isComplete } from '../locations/heldRoles.ts'
import { ReachPicker } from '../locations/ReachPicker.tsx'
import { Modal } from '../ui/Modal.tsx'
import { showToast } from '../ui/toast.tsx'
import { useRoleChoices } from './useRoleLabels.ts'

interface RolesDialogProps {
  userId: string
  name: string
  onClose: () => void
}

/** Chooses the roles of a member, and where each counts; shows before saving what they gain and lose by it. */
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
  const [before] = useState(() => byRole(held))
  const [roles, setRoles] = useState(before)
  const [previewed, setPreviewed] = useState<HeldRole[]>()
  const preview = useMemberPreview(userId, previewed ?? [], previewed !== undefined)
  const save = useSetRoles(userId)
  const isChanged = JSON.stringify(roles) !== JSON.stringify(before)
  const isSavable = isChanged && isComplete(roles)
  const set = (next: HeldRoles) => {
    setPreviewed(undefined)
    setRoles(next)
  }
  // A role that was taken and is given again counts where it did before.
  const toggle = (key: string, given: boolean) => {
    const { [key]: _, ...others } = roles
    set(given ? { ...others, [key]: before[key] ?? 'everywhere' } : others)
  }
  const refusal = save.error ?? preview.error
  return (
    <Stack gap="md">
      <Stack gap={10}>
        {choices.map(({ key, label }) => (
          <div key={key}>
            <Checkbox
              label={label}
              checked={key in roles}
              onChange={(event) => toggle(key, event.currentTarget.checked)}
            />
            {roles[key] && (
              <ReachPicker role={label} value={roles[key]} onChange={(reach) => set({ ...roles, [key]: reach })} />
            )}
          </div>
        ))}
      </Stack>
      {Object.keys(roles).length === 0 && (
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
        <Button size="sm" variant="default" disabled={!isSavable} onClick={() => setPreviewed(asList(roles))}>
          {t('roles.preview')}
        </Button>
        <Button
          size="sm"
          disabled={!isSavable}
          loading={save.isPending}
          onClick={() =>
            save.mutate(asList(roles), {
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
