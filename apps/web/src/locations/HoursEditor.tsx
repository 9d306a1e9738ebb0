import { Button, Text } from '@mantine/core'
import type { OpenInterval, OpeningHours, Weekday } from '@oneforge/client'
import { IconCalendarWeek } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { AddHours } from './AddHours.tsx'
import { CopyHours } from './CopyHours.tsx'
import { HoursText } from './HoursText.tsx'
import classes from './hours.module.css'
import { copiedTo, usualWeek, weekdayName, weekdays } from './hours.ts'
import { IntervalsEditor } from './IntervalsEditor.tsx'
import { problemsBelow } from './problems.ts'

interface HoursEditorProps {
  hours: OpeningHours
  /** By place: `hours.mon.0.from`. */
  problems: Record<string, string>
  /** Without it the week is only shown. */
  onChange: ((hours: OpeningHours) => void) | undefined
}

/** The week of a location, a row for each day. */
export function HoursEditor({ hours, problems, onChange }: HoursEditorProps) {
  const { t, i18n } = useTranslation('locationsettings')
  const isEmpty = weekdays.every((day) => !hours[day]?.length)
  return (
    <>
      {isEmpty && onChange && (
        <Button
          variant="default"
          className={classes.start}
          leftSection={<IconCalendarWeek size={14} aria-hidden />}
          onClick={() => onChange(usualWeek())}
        >
          {t('hours.usual')}
        </Button>
      )}
      <ul className={classes.week}>
        {weekdays.map((day) => (
          <li key={day} className={classes.day}>
            <span className={classes.dayName}>{weekdayName(day, i18n.language)}</span>
            <Day day={day} hours={hours} problems={problems} onChange={onChange} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Day({ day, hours, problems, onChange }: HoursEditorProps & { day: Weekday }) {
  const { t, i18n } = useTranslation('locationsettings')
  const { locale } = useFormatContext()
  const intervals = hours[day] ?? []
  const name = weekdayName(day, i18n.language)
  if (!onChange) return <HoursText intervals={intervals} locale={locale} />
  const set = (next: OpenInterval[]) => onChange({ ...hours, [day]: next })
  return (
    <>
      {intervals.length === 0 ? (
        <Text size="sm" c="dimmed" className={classes.closed}>
          {t('hours.closed')}
        </Text>
      ) : (
        <IntervalsEditor
          name={name}
          intervals={intervals}
          problems={problemsBelow(problems, `hours.${day}`)}
          onChange={set}
        />
      )}
      <div className={classes.dayActions}>
        <AddHours name={name} intervals={intervals} onChange={set} />
        <CopyHours day={day} onCopy={(days) => onChange(copiedTo(hours, day, days))} />
      </div>
    </>
  )
}
