import { Button, Text } from '@mantine/core'
import { TimeInput } from '@mantine/dates'
import type { OpenInterval } from '@oneforge/client'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatTime } from '../fields/format.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { withMore } from './hours.ts'
import classes from './locations.module.css'

interface IntervalsEditorProps {
  /** Whose hours they are, for those who do not see where the inputs stand. */
  name: string
  intervals: OpenInterval[]
  /** What is wrong, by place: `0.from`. */
  problems: Record<string, string>
  onChange: (intervals: OpenInterval[]) => void
}

/** The hours of one day, one line each; what lies between two lines is told as the break it is. */
export function IntervalsEditor({ name, intervals, problems, onChange }: IntervalsEditorProps) {
  const { t } = useTranslation('locations')
  const replace = (index: number, part: Partial<OpenInterval>) =>
    onChange(intervals.with(index, { ...intervals[index]!, ...part }))
  return (
    <div className={classes.intervals}>
      {intervals.map(({ from, to }, index) => (
        // The lines have no other identity than their place.
        <div key={index}>
          <Break before={intervals[index - 1]} from={from} />
          <div className={classes.interval}>
            <TimeInput
              className={classes.time}
              size="sm"
              aria-label={t('hours.from', { name, number: index + 1 })}
              value={from}
              error={Boolean(problems[`${index}.from`])}
              onChange={(event) => replace(index, { from: event.currentTarget.value })}
            />
            <span aria-hidden>–</span>
            <TimeInput
              className={classes.time}
              size="sm"
              aria-label={t('hours.to', { name, number: index + 1 })}
              // Clocks in inputs end at 23:59: midnight at the end of a day looks like the one at its beginning.
              value={to === '24:00' ? '00:00' : to}
              error={Boolean(problems[`${index}.to`])}
              onChange={({ currentTarget: { value } }) => replace(index, { to: value === '00:00' ? '24:00' : value })}
            />
            <IconButton
              label={t('hours.remove', { name, number: index + 1 })}
              onClick={() => onChange(intervals.toSpliced(index, 1))}
            >
              <IconX size={16} />
            </IconButton>
          </div>
          <Problem text={problems[`${index}.from`] ?? problems[`${index}.to`]} />
        </div>
      ))}
      <Button
        variant="subtle"
        color="gray"
        className={classes.addHours}
        leftSection={<IconPlus size={14} aria-hidden />}
        aria-label={t(intervals.length ? 'hours.addMoreTo' : 'hours.addTo', { name })}
        onClick={() => onChange(withMore(intervals))}
      >
        {t(intervals.length ? 'hours.addMore' : 'hours.add')}
      </Button>
    </div>
  )
}

function Break({ before, from }: { before: OpenInterval | undefined; from: string }) {
  const { t } = useTranslation('locations')
  const { locale } = useFormatContext()
  if (!before?.to || from <= before.to) return null
  return (
    <Text size="xs" c="dimmed" className={classes.break}>
      {t('hours.break', { from: formatTime(before.to, locale), to: formatTime(from, locale) })}
    </Text>
  )
}

function Problem({ text }: { text: string | undefined }) {
  if (!text) return null
  return (
    <Text size="xs" c="var(--mantine-color-error)" role="alert" mt={2}>
      {text}
    </Text>
  )
}
