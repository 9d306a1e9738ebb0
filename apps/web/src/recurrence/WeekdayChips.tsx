import { Chip, Group, Input } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const weekdays = [1, 2, 3, 4, 5, 6, 7]

interface WeekdayChipsProps {
  /** 1 is Monday, 7 Sunday; at least one stays chosen unless there may be none. */
  value: number[]
  mayBeNone?: boolean
  onChange: (weekdays: number[]) => void
}

export function WeekdayChips({ value, mayBeNone = false, onChange }: WeekdayChipsProps) {
  const { t } = useTranslation('recurrence')
  const change = (days: string[]) => (days.length > 0 || mayBeNone) && onChange(days.map(Number))
  return (
    <Input.Wrapper label={t('weekdays')} description={mayBeNone ? t('weekdaysHelp') : undefined} labelElement="div">
      <Chip.Group multiple value={value.map(String)} onChange={change}>
        <Group gap={4}>
          {weekdays.map((day) => (
            <Chip key={day} size="xs" value={String(day)}>
              {t(`days.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  )
}
