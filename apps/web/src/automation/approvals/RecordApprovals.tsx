import { Button, Group, Text, TextInput } from '@mantine/core'
import type { WorkflowApproval } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatDateTime } from '../../fields/format.ts'
import { useApprovals, useDecide } from '../queries.ts'
import classes from './approvals.module.css'

/** What a workflow asks the person about this record: where the notification of it leads. */
export function RecordApprovals({ recordId }: { recordId: string }) {
  const { data: approvals = [] } = useApprovals()
  return approvals
    .filter(({ record }) => record?.id === recordId)
    .map((approval) => <Asked key={approval.id} approval={approval} />)
}

function Asked({ approval }: { approval: WorkflowApproval }) {
  const { t } = useTranslation('record')
  const context = useFormatContext()
  const [note, setNote] = useState('')
  const decide = useDecide(approval.id)
  const answer = (approved: boolean) => decide.mutate({ approved, note: note.trim() })
  return (
    <section className={classes.asked} aria-label={approval.message}>
      <div>
        <Text size="sm" fw={500}>
          {approval.message}
        </Text>
        {approval.escalateAt && (
          <Text size="xs" c="dimmed">
            {t('workflow.passedOn', { moment: formatDateTime(approval.escalateAt, context) })}
          </Text>
        )}
      </div>
      <Group gap="xs">
        <TextInput
          size="xs"
          aria-label={t('workflow.note')}
          placeholder={t('workflow.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button loading={decide.isPending} onClick={() => answer(true)}>
          {t('workflow.approve')}
        </Button>
        <Button variant="default" disabled={decide.isPending} onClick={() => answer(false)}>
          {t('workflow.reject')}
        </Button>
      </Group>
    </section>
  )
}
