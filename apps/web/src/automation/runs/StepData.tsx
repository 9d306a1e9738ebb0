import { Text } from '@mantine/core'
import type { WorkflowOutcome, WorkflowRunStep } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatDateTime } from '../../fields/format.ts'
import classes from './runs.module.css'
import { StepValue } from './StepValue.tsx'
import { namedParts, roundsOf } from './stepValues.ts'

interface StepDataProps {
  step: WorkflowRunStep
  title?: string
  /** Of a test: what was taken to have happened. */
  assumed?: WorkflowOutcome | null
}

/** What went into a step, what came of it and when. */
export function StepData({ step, title, assumed }: StepDataProps) {
  const { t } = useTranslation('automation')
  const context = useFormatContext()
  const { path, state, attempt, input, output, error, endedAt, startedAt } = step
  const at = endedAt ?? startedAt
  return (
    <article className={classes.step}>
      {title && (
        <Text size="sm" fw={600}>
          {title}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t(`stepState.${state}`)}
        {at && ` · ${formatDateTime(at, context)}`}
        {attempt > 1 && ` · ${t('run.attempt', { count: attempt })}`}
        {roundsOf(path).map((count) => ` · ${t('run.round', { count })}`)}
        {assumed && ` · ${t('test.assumed', { outcome: t(`outcome.${assumed}`) })}`}
      </Text>
      {error && (
        <Text size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
      <Data label={t('run.input')} value={input} />
      <Data label={t('run.output')} value={output} />
    </article>
  )
}

interface DataProps {
  label: string
  value: unknown
  /** Slug of the object whose fields the value names. */
  object?: string | undefined
}

/** A value under its heading; nothing where it says nothing. */
export function Data({ label, value, object }: DataProps) {
  if (value === null || value === undefined) return null
  if (typeof value === 'object' && !Array.isArray(value) && namedParts(value as Record<string, unknown>).length === 0) {
    return null
  }
  return (
    <div>
      <h3 className={classes.label}>{label}</h3>
      <div className={classes.data} dir="auto">
        <StepValue value={value} object={object} />
      </div>
    </div>
  )
}
