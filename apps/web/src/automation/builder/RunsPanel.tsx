import { Stack, Text } from '@mantine/core'
import type { WorkflowDetail, WorkflowRunState } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFigures } from '../queries.ts'
import { RunList, StateFilter } from '../runs/RunList.tsx'

const told: WorkflowRunState[] = ['done', 'waiting', 'failed', 'stopped']

/** What it did lately. How many wait where stands on the cards. */
export function RunsPanel({ workflow }: { workflow: WorkflowDetail }) {
  const { t } = useTranslation('automation')
  const [state, setState] = useState('')
  const { data: figures } = useFigures(workflow.id)
  return (
    <Stack gap="md">
      {figures && (
        <Text size="sm" c="dimmed">
          {t('run.last30')} {told.map((one) => `${t(`state.${one}`)} ${figures.states[one]}`).join(' · ')}
        </Text>
      )}
      <StateFilter value={state} onChange={setState} />
      <RunList workflow={workflow.id} state={state} />
    </Stack>
  )
}
