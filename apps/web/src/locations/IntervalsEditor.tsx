import { Text } from '@mantine/core'
import type { OpenInterval } from '@oneforge/client'
import { IconX } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../fields/duration.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { ClockInput } from './ClockInput.tsx'
import { minutesOf } from './clock.ts'
import classes from './hours.module.css'

interface IntervalsEditorProps {
  /** Whose hours they are, for those who do not see where the inputs stand. */
  name: string
  intervals: OpenInterval[]
  /** What is wrong, by place: `0.from`. */
  problems: Record<string, string>
  onChange: (intervals: OpenInterval[]) => void
}

/** The hours of one day beside each other; what lies between them is told as the break it is. */
export function IntervalsEditor({ name, intervals, problems, onChange }: IntervalsEditorProps) {
  const { t } = useTranslation('locationsettings')
  const replace = (index: number, part: Partial<OpenInterval>) =>
    onChange(intervals.with(index, { ...intervals[index]!, ...part }))
  return (
    <div className={classes.intervals}>
      {intervals.map(({ from, to }, index) => (
        // They have no other identity than their place.
        <Fragment key={index}>
          <Break before={intervals[index - 1]} from={from} />
          <div className={classes.interval}>
            <ClockInput
              label={t('hours.from', { name, number: index + 1 })}
              value={from}
              invalid={Boolean(problems[`${index}.from`])}
              onChange={(next) => replace(index, { from: next })}
            />
            <span aria-hidden>–</span>
            <ClockInput
              label={t('hours.to', { name, number: index + 1 })}
              value={to}
              endsDay
              invalid={Boolean(problems[`${index}.to`])}
              onChange={(next) => replace(index, { to: next })}
            />
            <IconButton
              size={28}
              label={t('hours.remove', { name, number: index + 1 })}
              onClick={() => onChange(intervals.toSpliced(index, 1))}
            >
              <IconX size={15} />
            </IconButton>
          </div>
        </Fragment>
      ))}
      {Object.entries(problems).map(([place, text]) => (
        <Text key={place} size="xs" c="var(--mantine-color-error)" role="alert" w="100%">
          {text}
        </Text>
      ))}
    </div>
  )
}

function Break({ before, from }: { before: OpenInterval | undefined; from: string }) {
  const { t } = useTranslation('locationsettings')
  const minutes = before ? minutesOf(from) - minutesOf(before.to) : 0
  if (!(minutes > 0)) return null
  return (
    <Text size="xs" c="dimmed" className={classes.break}>
      {t('hours.break', { length: formatDuration(minutes) })}
    </Text>
  )
}
