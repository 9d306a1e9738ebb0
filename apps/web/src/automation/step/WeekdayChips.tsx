import { Chip, Group, Input } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const weekdays = [1, 2, 3, 4, 5, 6, 7]

interface WeekdayChipsProps {
  /** 1 is Monday, 7 Sunday; at least one stays chosen. */
  value: number[]
  onChange: (weekdays: number[]) => void
}

export function WeekdayChips({ value, onChange }: WeekdayChipsProps) {
  const { t } = useTranslation('automation')
  return (
    <Input.Wrapper label={t('schedule.weekdays')} labelElement="div">
      <Chip.Group multiple value={value.map(String)} onChange={(days) => days.length > 0 && onChange(days.map(Number))}>
        <Group gap={4}>
          {weekdays.map((day) => (
            <Chip key={day} size="xs" value={String(day)}>
              {t(`weekday.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  )
}
