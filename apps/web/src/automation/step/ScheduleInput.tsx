import { NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RecurrenceInput } from '../../recurrence/RecurrenceInput.tsx'
import { everySecondMonday } from '../../recurrence/recurrence.ts'
import { WeekdayChips } from '../../recurrence/WeekdayChips.tsx'
import { Select } from '../../ui/Select.tsx'
import type { Trigger } from '../flow/flow.ts'
import { type Rhythm, readSchedule, type Schedule, writeSchedule } from '../flow/schedule.ts'
import { useForm } from './formContext.ts'
import { NextTimes } from './NextTimes.tsx'

type ScheduleTrigger = Extract<Trigger, { type: 'schedule' }>

interface ScheduleInputProps {
  trigger: ScheduleTrigger
  timeZone: string
  onChange: (trigger: ScheduleTrigger) => void
}

/** `rule` is one of RFC 5545, all others are cron lines. */
const rhythms: (Rhythm | 'rule')[] = ['hourly', 'daily', 'weekly', 'monthly', 'rule', 'own']

/** How often and when, with the next times that it comes to. */
export function ScheduleInput({ trigger, timeZone, onChange }: ScheduleInputProps) {
  const { t } = useTranslation('automation')
  const { problem } = useForm()
  const { cron, rrule, ...rest } = trigger
  /** A line that is typed stays one, also where it comes to say what could be chosen. */
  const [asLine, setAsLine] = useState(false)
  const known = readSchedule(cron)
  const schedule = asLine ? { ...known, rhythm: 'own' as const } : known
  const keepCron = (line: string) => onChange({ ...rest, cron: line })
  const keepRule = (rule: string) => onChange({ ...rest, rrule: rule })

  function turnTo(rhythm: Rhythm | 'rule'): void {
    setAsLine(rhythm === 'own')
    if (rhythm === 'rule') keepRule(everySecondMonday(schedule.at))
    else keepCron(writeSchedule({ ...schedule, rhythm }))
  }

  return (
    <>
      <Select
        label={t('schedule.rhythm')}
        allowDeselect={false}
        value={rrule === undefined ? schedule.rhythm : 'rule'}
        data={rhythms.map((rhythm) => ({ value: rhythm, label: t(`schedule.name.${rhythm}`) }))}
        onChange={(rhythm) => turnTo(rhythm as Rhythm | 'rule')}
      />
      {rrule === undefined ? (
        <CronInput schedule={schedule} onChange={keepCron} />
      ) : (
        <RecurrenceInput rule={rrule} kind="clock" timeZone={timeZone} problem={problem('rrule')} onChange={keepRule} />
      )}
      <NextTimes cron={cron} rrule={rrule} timeZone={timeZone} />
    </>
  )
}

function CronInput({ schedule, onChange }: { schedule: Schedule; onChange: (cron: string) => void }) {
  const { t } = useTranslation('automation')
  const { problem } = useForm()
  const { rhythm } = schedule
  const change = (parts: Partial<Schedule>) => onChange(writeSchedule({ ...schedule, ...parts }))
  return (
    <>
      {rhythm === 'weekly' && <WeekdayChips value={schedule.weekdays} onChange={(weekdays) => change({ weekdays })} />}
      {rhythm === 'monthly' && (
        <NumberInput
          size="sm"
          label={t('schedule.day')}
          min={1}
          max={31}
          value={schedule.day}
          onChange={(day) => typeof day === 'number' && change({ day })}
        />
      )}
      {rhythm === 'own' ? (
        <TextInput
          label={t('schedule.cron')}
          description={t('schedule.cronHelp')}
          error={problem('cron')}
          value={schedule.cron}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          type="time"
          label={t(rhythm === 'hourly' ? 'schedule.minute' : 'schedule.at')}
          value={schedule.at}
          onChange={(event) => event.currentTarget.value && change({ at: event.currentTarget.value })}
        />
      )}
    </>
  )
}
