import { Anchor, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import type { WorkflowApproval } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatDateTime } from '../../fields/format.ts'
import { paths } from '../../paths.ts'
import { RelativeTime } from '../../record/RelativeTime.tsx'
import { EmptyPage } from '../../ui/EmptyPage.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { showToast } from '../../ui/toast.tsx'
import { AutomationTabs } from '../AutomationTabs.tsx'
import { useApprovals, useDecide } from '../queries.ts'
import classes from './approvals.module.css'

/** What waits for the person's yes or no, the oldest first. */
export default function ApprovalsPage() {
  const { t } = useTranslation('automation')
  const { data: approvals, error } = useApprovals()
  if (error && !approvals) return <PageError error={error} />
  return (
    <>
      <PageHeader title={t('approval.title')} />
      <AutomationTabs />
      <div className={classes.page}>
        {!approvals && <Skeleton height={160} />}
        {approvals?.length === 0 && (
          <EmptyPage icon="circle-check" title={t('approval.none')} text={t('approval.noneText')} />
        )}
        <Stack component="ul" gap="sm" className={classes.list}>
          {approvals?.map((approval) => (
            <Approval key={approval.id} approval={approval} />
          ))}
        </Stack>
      </div>
    </>
  )
}

function Approval({ approval }: { approval: WorkflowApproval }) {
  const { t } = useTranslation('automation')
  const context = useFormatContext()
  const [note, setNote] = useState('')
  const decide = useDecide(approval.id)
  const answer = (approved: boolean) =>
    void decide.mutateAsync({ approved, note: note.trim() }).then(
      () => showToast({ message: t(approved ? 'approval.approved' : 'approval.rejected') }),
      // Told where it is asked.
      () => undefined,
    )
  const { record, message, workflow, askedAt, escalateAt } = approval
  return (
    <li className={classes.approval}>
      <Text size="sm" fw={500}>
        {message}
      </Text>
      <Text size="xs" c="dimmed">
        {record && (
          <Anchor component={Link} to={paths.record(record.object, record.id)} inherit underline="always">
            {record.title}
          </Anchor>
        )}
        {record && ' · '}
        {workflow.label} · <RelativeTime at={askedAt} />
      </Text>
      {escalateAt && (
        <Text size="xs" c="dimmed">
          {t('approval.passedOn', { moment: formatDateTime(escalateAt, context) })}
        </Text>
      )}
      <TextInput
        mt="xs"
        label={t('approval.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap="xs" mt="sm">
        <Button loading={decide.isPending} onClick={() => answer(true)}>
          {t('approval.approve')}
        </Button>
        <Button variant="default" disabled={decide.isPending} onClick={() => answer(false)}>
          {t('approval.reject')}
        </Button>
      </Group>
    </li>
  )
}
