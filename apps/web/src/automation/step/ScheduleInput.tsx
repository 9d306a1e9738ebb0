import { Chip, Group, Input, NumberInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import { type Rhythm, readSchedule, writeSchedule } from '../flow/schedule.ts'
import { useForm } from './formContext.ts'
import { NextTimes } from './NextTimes.tsx'

interface ScheduleInputProps {
  cron: string | undefined
  timeZone: string
  onChange: (cron: string) => void
}

const rhythms: Rhythm[] = ['hourly', 'daily', 'weekly', 'monthly', 'own']
const weekdays = [1, 2, 3, 4, 5, 6, 7]

/** How often and when, with the next times that it comes to. */
export function ScheduleInput({ cron, timeZone, onChange }: ScheduleInputProps) {
  const { t } = useTranslation('automation')
  const { problem } = useForm()
  const schedule = readSchedule(cron)
  const change = (parts: Partial<typeof schedule>) => onChange(writeSchedule({ ...schedule, ...parts }))
  return (
    <>
      <Select
        label={t('schedule.rhythm')}
        allowDeselect={false}
        value={schedule.rhythm}
        data={rhythms.map((rhythm) => ({ value: rhythm, label: t(`schedule.name.${rhythm}`) }))}
        onChange={(rhythm) => change({ rhythm: rhythm as Rhythm, cron: rhythm === 'own' ? `${cron} ` : '' })}
      />
      {schedule.rhythm === 'weekly' && (
        <Input.Wrapper label={t('schedule.weekdays')} labelElement="div">
          <Chip.Group
            multiple
            value={schedule.weekdays.map(String)}
            onChange={(days) => days.length > 0 && change({ weekdays: days.map(Number) })}
          >
            <Group gap={4}>
              {weekdays.map((day) => (
                <Chip key={day} size="xs" value={String(day)}>
                  {t(`weekday.${day}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      )}
      {schedule.rhythm === 'monthly' && (
        <NumberInput
          size="sm"
          label={t('schedule.day')}
          min={1}
          max={31}
          value={schedule.day}
          onChange={(day) => typeof day === 'number' && change({ day })}
        />
      )}
      {schedule.rhythm === 'own' ? (
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
          label={t(schedule.rhythm === 'hourly' ? 'schedule.minute' : 'schedule.at')}
          value={schedule.at}
          onChange={(event) => event.currentTarget.value && change({ at: event.currentTarget.value })}
        />
      )}
      <NextTimes cron={cron ?? ''} timeZone={timeZone} />
    </>
  )
}
