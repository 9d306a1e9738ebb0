import { Button, Text } from '@mantine/core'
import type { MeetingInvitation, ObjectMeta, RecordData } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './MeetingInvitations.module.css'

interface MeetingInvitationsProps {
  object: ObjectMeta
  record: RecordData
  editable: boolean
}

/** Who is invited to the meeting, what they answered, and who has to be told something. */
export default function MeetingInvitations({ object, record, editable }: MeetingInvitationsProps) {
  const { t } = useTranslation('record')
  const { data, error } = useInvitations(object, record)
  const invite = useInvite(object, record)
  if (error) {
    return (
      <Section>
        <Text size="sm" c="dimmed">
          {errorText(error)}
        </Text>
      </Section>
    )
  }
  if (!data) return null
  const untold = data.invitations.filter(({ state }) => untoldStates.has(state)).length
  return (
    <Section>
      {data.invitations.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('invitations.none')}
        </Text>
      ) : (
        <ul className={classes.list}>
          {data.invitations.map((invitation) => (
            <InvitationItem key={invitation.address} invitation={invitation} />
          ))}
        </ul>
      )}
      {editable && !viewedPerson() && untold > 0 && data.delivers && (
        <Button
          variant="default"
          size="xs"
          mt={8}
          loading={invite.isPending}
          onClick={() => invite.mutate(t('invitations.told', { count: untold }))}
        >
          {t('invitations.send', { count: untold })}
        </Button>
      )}
      {!data.delivers && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('invitations.noMail')}
        </Text>
      )}
    </Section>
  )
}

const untoldStates = new Set<MeetingInvitation['state']>(['to_send', 'changed', 'removed'])

function Section({ children }: { children: ReactNode }) {
  const { t } = useTranslation('record')
  return (
    <section aria-labelledby="meeting-invitations" className={classes.section}>
      <h2 id="meeting-invitations" className={classes.heading}>
        {t('invitations.title')}
      </h2>
      {children}
    </section>
  )
}

const colors = { accepted: 'green', declined: 'red', tentative: 'yellow' } as const

/** What was answered says more than that something was sent, but not of a meeting that has changed since. */
function InvitationItem({ invitation: { address, state, answer } }: { invitation: MeetingInvitation }) {
  const { t } = useTranslation('record')
  const shown = state === 'sent' && answer ? answer : undefined
  return (
    <li className={classes.item}>
      <span className={classes.address} title={address}>
        {address}
      </span>
      <OptionBadge color={shown ? colors[shown] : 'gray'} label={t(`invitations.state.${shown ?? state}`)} />
    </li>
  )
}

const keyOf = (object: ObjectMeta, record: RecordData) => ['records', object.slug, 'invitations', record.id] as const

function useInvitations(object: ObjectMeta, record: RecordData) {
  return useQuery({
    // Another version of the meeting may be news to those who were invited.
    queryKey: [...keyOf(object, record), record.version],
    queryFn: () => client.meetings.invitations(object.slug, record.id),
    retry: false,
  })
}

/** Its variable is what is said once all were told. */
function useInvite(object: ObjectMeta, record: RecordData) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (_said: string) => client.meetings.invite(object.slug, record.id),
    onSuccess: (answer, message) => {
      cache.setQueryData([...keyOf(object, record), record.version], answer)
      showToast({ message })
    },
    onError: showError,
  })
}
