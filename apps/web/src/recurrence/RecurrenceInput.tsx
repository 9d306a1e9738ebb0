import { Button, Group, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../ui/Select.tsx'
import {
  endOf,
  everySecondMonday,
  everyWeek,
  type Frequency,
  frequencies,
  lastDay,
  lastDayOf,
  nths,
  type Recurrence,
  type RecurrenceKind,
  readRecurrence,
  writeRecurrence,
} from './recurrence.ts'
import { monthName } from './recurrenceWords.ts'
import { WeekdayChips } from './WeekdayChips.tsx'

interface RecurrenceInputProps {
  /** A rule of RFC 5545. */
  rule: string
  kind: RecurrenceKind
  timeZone: string
  /** What is wrong with it. */
  problem?: string | undefined
  onChange: (rule: string) => void
}

/** A rule by what people choose of it; its text is a press away, and stands alone where it says more than can be chosen. */
export function RecurrenceInput({ rule, kind, timeZone, problem, onChange }: RecurrenceInputProps) {
  const { t } = useTranslation('recurrence')
  const [asText, setAsText] = useState(false)
  const recurrence = readRecurrence(rule, kind)
  const change = (parts: Partial<Recurrence>) => recurrence && onChange(writeRecurrence({ ...recurrence, ...parts }))
  const isChosen = recurrence !== undefined && !asText
  const turn = () => {
    setAsText(isChosen)
    if (!recurrence) onChange(kind === 'due' ? everyWeek : everySecondMonday('08:00'))
  }
  return (
    <>
      {isChosen ? (
        <RecurrenceParts recurrence={recurrence} kind={kind} timeZone={timeZone} onChange={change} />
      ) : (
        <TextInput
          label={t('rule')}
          description={t(`ruleHelp.${kind}`)}
          error={problem}
          value={rule}
          onChange={(event) => {
            setAsText(true)
            onChange(event.currentTarget.value)
          }}
        />
      )}
      <Button variant="subtle" onClick={turn}>
        {t(isChosen ? 'showText' : 'choose')}
      </Button>
    </>
  )
}

interface PartsProps {
  recurrence: Recurrence
  kind: RecurrenceKind
  timeZone: string
  onChange: (parts: Partial<Recurrence>) => void
}

/** A rule may begin on a day that its next frequency does not choose by: then it is the first. */
const inFrequency = (
  frequency: Frequency,
  kind: RecurrenceKind,
  { weekdays, day }: Recurrence,
): Partial<Recurrence> => ({
  frequency,
  weekdays: weekdays.length > 0 || kind === 'due' ? weekdays : [1],
  day: day || 1,
})

function RecurrenceParts({ recurrence, kind, timeZone, onChange }: PartsProps) {
  const { t, i18n } = useTranslation('recurrence')
  const { frequency, interval, weekdays, month, by, at } = recurrence
  const months = Array.from({ length: 12 }, (_, index) => index + 1)
  return (
    <>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <NumberInput
          size="sm"
          label={t('interval')}
          min={1}
          max={99}
          w={110}
          value={interval}
          onChange={(next) => typeof next === 'number' && next >= 1 && onChange({ interval: next })}
        />
        <Select
          flex={1}
          aria-label={t('unit')}
          allowDeselect={false}
          value={frequency}
          data={frequencies.map((one) => ({ value: one, label: t(`units.${one}`) }))}
          onChange={(next) => onChange(inFrequency(next as Frequency, kind, recurrence))}
        />
      </Group>
      {frequency === 'WEEKLY' && (
        <WeekdayChips
          value={weekdays}
          mayBeNone={kind === 'due'}
          onChange={(chosen) => onChange({ weekdays: chosen })}
        />
      )}
      {frequency === 'YEARLY' && by !== 'due' && (
        <Select
          label={t('month')}
          allowDeselect={false}
          value={String(month)}
          data={months.map((one) => ({ value: String(one), label: monthName(one, i18n.language) }))}
          onChange={(next) => onChange({ month: Number(next) })}
        />
      )}
      {(frequency === 'MONTHLY' || frequency === 'YEARLY') && (
        <DayOfMonth recurrence={recurrence} kind={kind} onChange={onChange} />
      )}
      {at !== undefined && (
        <TextInput
          type="time"
          label={t('time')}
          value={at}
          onChange={(event) => event.currentTarget.value && onChange({ at: event.currentTarget.value })}
        />
      )}
      <RuleEnd recurrence={recurrence} kind={kind} timeZone={timeZone} onChange={onChange} />
    </>
  )
}

/** By a day or by a number: never by both. */
function RuleEnd({ recurrence: { until, times }, kind, timeZone, onChange }: PartsProps) {
  const { t } = useTranslation('recurrence')
  return (
    <>
      <TextInput
        type="date"
        label={t('until')}
        description={t('untilHelp')}
        value={until ? lastDayOf(until, timeZone) : ''}
        onChange={({ currentTarget: { value } }) => onChange({ until: value && endOf(value, timeZone), times: 0 })}
      />
      {kind === 'due' && (
        <NumberInput
          size="sm"
          label={t('times')}
          description={t('timesHelp')}
          min={1}
          max={999}
          value={times || ''}
          onChange={(next) => onChange({ times: Number(next) || 0, ...(next !== '' && { until: '' }) })}
        />
      )}
    </>
  )
}

function DayOfMonth({ recurrence, kind, onChange }: Omit<PartsProps, 'timeZone'>) {
  const { t } = useTranslation('recurrence')
  const { by, day, nth, weekday } = recurrence
  const ways: Recurrence['by'][] = kind === 'due' ? ['due', 'day', 'weekday'] : ['day', 'weekday']
  const days = [...Array.from({ length: 31 }, (_, index) => index + 1), lastDay]
  return (
    <>
      <Select
        label={t('by')}
        allowDeselect={false}
        value={by}
        data={ways.map((one) => ({ value: one, label: t(`byName.${one}`) }))}
        onChange={(next) => onChange({ by: next as Recurrence['by'], day: day || 1 })}
      />
      {by === 'day' && (
        <Select
          label={t('dayOfMonth')}
          allowDeselect={false}
          value={String(day)}
          data={days.map((one) => ({
            value: String(one),
            label: one === lastDay ? t('lastDay') : String(one),
          }))}
          onChange={(next) => onChange({ day: Number(next) })}
        />
      )}
      {by === 'weekday' && (
        <Group gap="xs" grow>
          <Select
            aria-label={t('which')}
            allowDeselect={false}
            value={String(nth)}
            data={nths.map((one) => ({ value: String(one), label: t(`nth.${one}`) }))}
            onChange={(next) => onChange({ nth: Number(next) })}
          />
          <Select
            aria-label={t('weekday')}
            allowDeselect={false}
            value={String(weekday)}
            data={[1, 2, 3, 4, 5, 6, 7].map((one) => ({ value: String(one), label: t(`days.${one}`) }))}
            onChange={(next) => onChange({ weekday: Number(next) })}
          />
        </Group>
      )}
    </>
  )
}
