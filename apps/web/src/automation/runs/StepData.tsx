import { Text } from '@mantine/core'
import type { WorkflowRunStep } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatDateTime } from '../../fields/format.ts'
import classes from './runs.module.css'

/** What went into a step, what came of it and when. */
export function StepData({ step, title }: { step: WorkflowRunStep; title?: string }) {
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
        {path.includes('[') && ` · ${path}`}
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

/** Names and values as lines, further in what lies deeper; people by their names. */
function Data({ label, value }: { label: string; value: unknown }) {
  if (value === null || value === undefined) return null
  return (
    <div>
      <h3 className={classes.label}>{label}</h3>
      <div className={classes.data} dir="auto">
        <Value value={value} />
      </div>
    </div>
  )
}

function Value({ value }: { value: unknown }) {
  const { t } = useTranslation('automation')
  const { members } = useFormatContext()
  if (value === null || value === undefined || value === '') return t('nothing')
  if (typeof value === 'string') return members.get(value) ?? value
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value)
  if (entries.length === 0) return t('nothing')
  return (
    <dl>
      {entries.map(([name, item]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Value value={item} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
