import { Badge, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AboutActivity } from '../activities/useActivitiesAbout.ts'
import { useMay } from '../api/workspace.ts'
import { addressIn } from './parties.ts'
import { WriteEmail } from './WriteEmail.tsx'

const colors = {
  kept: 'yellow',
  queued: 'blue',
  sending: 'blue',
  sent: 'green',
  failed: 'red',
  bounced: 'red',
} as const

/** What became of an e-mail that was written here; and the way to answer one that came. */
export function EmailStanding({ activity }: { activity: Pick<AboutActivity, 'object' | 'record' | 'sent' | 'about'> }) {
  const { t } = useTranslation('activities')
  const { object, record, sent, about } = activity
  const may = useMay(object.slug)
  const isTrouble = sent?.state === 'failed' || sent?.state === 'bounced'
  const from = addressIn(record.sender)
  return (
    <Group gap="xs" mt={4}>
      {sent && (
        <Badge size="sm" variant="light" tt="none" color={colors[sent.state]}>
          {t(`emailState.${sent.state}`)}
        </Badge>
      )}
      {isTrouble && (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {sent.reason}
        </Text>
      )}
      {record.direction === 'Received' && from && may('create') && (
        <WriteEmail {...about} answered={{ id: record.id, to: from, subject: answerTo(record.title ?? '') }} />
      )}
    </Group>
  )
}

const answerTo = (subject: string): string => (/^(?:re|aw):/i.test(subject) ? subject : `Re: ${subject}`)
