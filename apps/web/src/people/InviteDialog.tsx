import { Alert, Anchor, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { ApiError } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { errorText } from '../api/client.ts'
import { useMayAdmin } from '../api/workspace.ts'
import type { Reach } from '../locations/heldRoles.ts'
import { ReachPicker } from '../locations/ReachPicker.tsx'
import { paths } from '../paths.ts'
import { Modal } from '../ui/Modal.tsx'
import { showToast } from '../ui/toast.tsx'
import { useInvite } from './people.ts'
import { useRoleChoices } from './useRoleLabels.ts'

/** Invites somebody by e-mail, with the roles they will have and where these count. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people')
  const choices = useRoleChoices()
  const invite = useInvite()
  const seesOutbox = useMayAdmin('settings')
  const [email, setEmail] = useState('')
  const [roles, setRoles] = useState<string[]>([])
  const [reach, setReach] = useState<Reach>('everywhere')
  const errors = invite.error instanceof ApiError ? invite.error.byField() : {}
  const isAtField = Boolean(errors.email ?? errors.roles ?? errors.locations)
  const isComplete = Boolean(email.trim() && roles.length && reach.length)
  const send = () =>
    invite.mutate(
      { email: email.trim(), roles, ...(reach === 'everywhere' ? {} : { locations: reach }) },
      {
        onSuccess: () => {
          onClose()
          showToast({ message: t('invite.sent', { email: email.trim() }) })
        },
      },
    )
  return (
    <Modal opened onClose={onClose} title={t('invite.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (isComplete) send()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('invite.email')}
            type="email"
            autoComplete="off"
            data-autofocus
            required
            value={email}
            error={errors.email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Checkbox.Group
            label={t('invite.roles')}
            description={t('invite.rolesHelp')}
            error={errors.roles}
            value={roles}
            onChange={setRoles}
          >
            <Stack gap={8} mt="xs">
              {choices.map(({ key, label, description }) => (
                <Checkbox key={key} value={key} label={label} description={description} />
              ))}
            </Stack>
          </Checkbox.Group>
          <ReachPicker value={reach} error={errors.locations} onChange={setReach} />
          {invite.error && !isAtField && (
            <Alert color="red" variant="light" role="alert">
              {errorText(invite.error)}
            </Alert>
          )}
          <Text size="xs" c="dimmed">
            {t('invite.validity')}{' '}
            {seesOutbox && (
              <Anchor component={Link} to={paths.settings('outbox')} inherit underline="always">
                {t('invite.outbox')}
              </Anchor>
            )}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" loading={invite.isPending} disabled={!isComplete}>
              {t('invite.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
