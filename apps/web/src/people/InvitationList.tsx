import { Button, Group, Text } from '@mantine/core'
import type { Invitation } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { useLocationName } from '../locations/locations.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './people.module.css'
import { useInvitations, useResendInvitation, useRevokeInvitation } from './people.ts'
import { useRoleLabels } from './useRoleLabels.ts'

/** Invitations that wait for an answer, or came to nothing and can be sent again. */
export function InvitationList() {
  const { t } = useTranslation('people')
  const { data: invitations = [] } = useInvitations()
  const open = invitations.filter(({ status }) => status === 'pending' || status === 'expired')
  if (!open.length) return null
  return (
    <section aria-label={t('invite.waiting')} className={classes.invitations}>
      <h3 className={classes.subheading}>{t('invite.waiting')}</h3>
      <ul className={classes.list}>
        {open.map((invitation) => (
          <InvitationLine key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  )
}

function InvitationLine({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation('people')
  const roleLabels = useRoleLabels()
  const resend = useResendInvitation()
  const revoke = useRevokeInvitation()
  const nameOf = useLocationName()
  const { id, email, roles, locations, status, expiresAt } = invitation
  return (
    <li className={classes.invitation}>
      <div className={classes.invited}>
        <Text size="sm" fw={500} className={classes.email}>
          {email}
        </Text>
        <Text size="xs" c="dimmed">
          {roles.map(roleLabels).join(', ')} · {locations.length > 0 && `${locations.map(nameOf).join(', ')} · `}
          {status === 'expired' ? (
            t('invite.expired')
          ) : (
            <>
              {t('invite.until')} <RelativeTime at={expiresAt} />
            </>
          )}
        </Text>
      </div>
      <OptionBadge label={t(`invite.state.${status}`)} color={status === 'expired' ? 'red' : 'yellow'} />
      <Group gap={4} wrap="nowrap">
        <Button
          variant="default"
          loading={resend.isPending}
          aria-label={t('invite.resendTo', { email })}
          onClick={() =>
            void resend.mutateAsync(id).then(() => showToast({ message: t('invite.resent', { email }) }), showError)
          }
        >
          {t('invite.resend')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          loading={revoke.isPending}
          aria-label={t('invite.revokeOf', { email })}
          onClick={() => void revoke.mutateAsync(id).catch(showError)}
        >
          {t('invite.revoke')}
        </Button>
      </Group>
    </li>
  )
}
