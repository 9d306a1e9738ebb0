import { Button, Select, Skeleton, Text } from '@mantine/core'
import type { WorkflowRun, WorkflowRunState } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { errorText } from '../../api/client.ts'
import { OptionBadge } from '../../fields/OptionBadge.tsx'
import { paths } from '../../paths.ts'
import { RelativeTime } from '../../record/RelativeTime.tsx'
import { useRuns } from '../queries.ts'
import classes from './runs.module.css'
import { stateColors } from './states.ts'

const states: WorkflowRunState[] = ['ready', 'waiting', 'done', 'failed', 'stopped']

export function StateFilter({ value, onChange }: { value: string; onChange: (state: string) => void }) {
  const { t } = useTranslation('automation')
  return (
    <Select
      size="xs"
      maw={220}
      aria-label={t('run.which')}
      allowDeselect={false}
      value={value || 'all'}
      data={[
        { value: 'all', label: t('state.all') },
        ...states.map((state) => ({ value: state, label: t(`state.${state}`) })),
      ]}
      onChange={(state) => onChange(!state || state === 'all' ? '' : state)}
    />
  )
}

interface RunListProps {
  /** Id of the one whose runs they are; of all without. */
  workflow?: string
  state: string
}

/** Runs, the latest first. */
export function RunList({ workflow, state }: RunListProps) {
  const { t } = useTranslation('automation')
  const { runs, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useRuns({
    workflow,
    state: (state || undefined) as WorkflowRunState | undefined,
  })
  if (error) return <Text size="sm">{errorText(error)}</Text>
  if (isPending) return <Skeleton height={120} />
  if (runs.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t(state ? 'run.noneSuch' : 'run.none')}
      </Text>
    )
  }
  return (
    <>
      <ul className={classes.list} aria-label={t('panel.runs')}>
        {runs.map((run) => (
          <li key={run.id}>
            <RunLine run={run} withWorkflow={!workflow} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('run.more')}
        </Button>
      )}
    </>
  )
}

function RunLine({ run, withWorkflow }: { run: WorkflowRun; withWorkflow: boolean }) {
  const { t } = useTranslation('automation')
  const about = run.record?.title ?? t(`triggerName.${run.startedBy}`, { defaultValue: run.startedBy })
  return (
    <Link to={paths.workflowRun(run.workflow.id, run.id)} className={classes.line}>
      <span className={classes.names}>
        <span className={classes.name}>{withWorkflow ? `${run.workflow.label} · ${about}` : about}</span>
        {run.error && <span className={classes.error}>{run.error}</span>}
      </span>
      <OptionBadge label={t(`state.${run.state}`)} color={stateColors[run.state]} />
      <RelativeTime at={run.createdAt} />
    </Link>
  )
}
