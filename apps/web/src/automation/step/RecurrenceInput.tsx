import { Button, Group, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fromWallClock, toWallClock } from '../../fields/dates.ts'
import { Select } from '../../ui/Select.tsx'
import { monthName } from '../canvas/timeWords.ts'
import {
  everySecondMonday,
  type Frequency,
  frequencies,
  lastDay,
  nths,
  type Recurrence,
  readRecurrence,
  writeRecurrence,
} from '../flow/recurrence.ts'
import { useForm } from './formContext.ts'
import { WeekdayChips } from './WeekdayChips.tsx'

interface RecurrenceInputProps {
  /** A rule of RFC 5545. */
  rule: string
  timeZone: string
  onChange: (rule: string) => void
}

/** A rule by what people choose of it; its text is a press away, and stands alone where it says more than can be chosen. */
export function RecurrenceInput({ rule, timeZone, onChange }: RecurrenceInputProps) {
  const { t } = useTranslation('automation')
  const { problem } = useForm()
  const [asText, setAsText] = useState(false)
  const recurrence = readRecurrence(rule)
  const change = (parts: Partial<Recurrence>) => recurrence && onChange(writeRecurrence({ ...recurrence, ...parts }))
  if (recurrence && !asText) {
    return (
      <>
        <RecurrenceParts recurrence={recurrence} timeZone={timeZone} onChange={change} />
        <Button variant="subtle" onClick={() => setAsText(true)}>
          {t('recurrence.showText')}
        </Button>
      </>
    )
  }
  const choose = () => {
    setAsText(false)
    if (!recurrence) onChange(everySecondMonday('08:00'))
  }
  return (
    <>
      <TextInput
        label={t('schedule.rrule')}
        description={t('schedule.rruleHelp')}
        error={problem('rrule')}
        value={rule}
        onChange={(event) => {
          setAsText(true)
          onChange(event.currentTarget.value)
        }}
      />
      <Button variant="subtle" onClick={choose}>
        {t('schedule.byDays')}
      </Button>
    </>
  )
}

interface PartsProps {
  recurrence: Recurrence
  timeZone: string
  onChange: (parts: Partial<Recurrence>) => void
}

/** A rule may begin on a day that its next frequency does not choose by: then it is the first. */
const inFrequency = (frequency: Frequency, { weekdays, day }: Recurrence): Partial<Recurrence> => ({
  frequency,
  weekdays: weekdays.some((one) => one > 0) ? weekdays : [1],
  day: day || 1,
})

function RecurrenceParts({ recurrence, timeZone, onChange }: PartsProps) {
  const { t, i18n } = useTranslation('automation')
  const { frequency, interval, weekdays, month, at, until } = recurrence
  const months = Array.from({ length: 12 }, (_, index) => index + 1)
  return (
    <>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <NumberInput
          size="sm"
          label={t('recurrence.interval')}
          min={1}
          max={99}
          w={110}
          value={interval}
          onChange={(next) => typeof next === 'number' && next >= 1 && onChange({ interval: next })}
        />
        <Select
          flex={1}
          aria-label={t('recurrence.unit')}
          allowDeselect={false}
          value={frequency}
          data={frequencies.map((one) => ({ value: one, label: t(`recurrence.units.${one}`) }))}
          onChange={(next) => onChange(inFrequency(next as Frequency, recurrence))}
        />
      </Group>
      {frequency === 'WEEKLY' && (
        <WeekdayChips value={weekdays} onChange={(chosen) => onChange({ weekdays: chosen })} />
      )}
      {frequency === 'YEARLY' && (
        <Select
          label={t('recurrence.month')}
          allowDeselect={false}
          value={String(month)}
          data={months.map((one) => ({ value: String(one), label: monthName(one, i18n.language) }))}
          onChange={(next) => onChange({ month: Number(next) })}
        />
      )}
      {(frequency === 'MONTHLY' || frequency === 'YEARLY') && (
        <DayOfMonth recurrence={recurrence} onChange={onChange} />
      )}
      <TextInput
        type="time"
        label={t('schedule.at')}
        value={at}
        onChange={(event) => event.currentTarget.value && onChange({ at: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('recurrence.until')}
        description={t('recurrence.untilHelp')}
        value={until ? dayOf(until, timeZone) : ''}
        onChange={({ currentTarget: { value } }) => onChange({ until: value && endOf(value, timeZone) })}
      />
    </>
  )
}

function DayOfMonth({ recurrence, onChange }: Omit<PartsProps, 'timeZone'>) {
  const { t } = useTranslation('automation')
  const { by, day, nth, weekday } = recurrence
  const days = [...Array.from({ length: 31 }, (_, index) => index + 1), lastDay]
  return (
    <>
      <Select
        label={t('recurrence.by')}
        allowDeselect={false}
        value={by}
        data={(['day', 'weekday'] as const).map((one) => ({ value: one, label: t(`recurrence.byName.${one}`) }))}
        onChange={(next) => onChange({ by: next as Recurrence['by'], day: day || 1 })}
      />
      {by === 'day' ? (
        <Select
          label={t('schedule.day')}
          allowDeselect={false}
          value={String(day)}
          data={days.map((one) => ({
            value: String(one),
            label: one === lastDay ? t('recurrence.lastDay') : String(one),
          }))}
          onChange={(next) => onChange({ day: Number(next) })}
        />
      ) : (
        <Group gap="xs" grow>
          <Select
            aria-label={t('recurrence.which')}
            allowDeselect={false}
            value={String(nth)}
            data={nths.map((one) => ({ value: String(one), label: t(`recurrence.nth.${one}`) }))}
            onChange={(next) => onChange({ nth: Number(next) })}
          />
          <Select
            aria-label={t('recurrence.weekday')}
            allowDeselect={false}
            value={String(weekday)}
            data={[1, 2, 3, 4, 5, 6, 7].map((one) => ({ value: String(one), label: t(`weekday.${one}`) }))}
            onChange={(next) => onChange({ weekday: Number(next) })}
          />
        </Group>
      )}
    </>
  )
}

/** `20261231T225959Z` of the end of a day in the zone, and back. */
const endOf = (day: string, timeZone: string): string =>
  fromWallClock(`${day} 23:59:59`, timeZone).replace(/\.\d+|[-:]/g, '')

function dayOf(until: string, timeZone: string): string {
  const [, year, month, day, time = '235959'] = /^(\d{4})(\d\d)(\d\d)(?:T(\d{6})Z)?$/.exec(until) ?? []
  const clock = time.replace(/(\d\d)(?=\d)/g, '$1:')
  return toWallClock(`${year}-${month}-${day}T${clock}Z`, timeZone)?.slice(0, 10) ?? ''
}
