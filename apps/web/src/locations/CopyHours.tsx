import { Button, Checkbox, Group, Popover, Stack } from '@mantine/core'
import type { Weekday } from '@oneforge/client'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import { weekdayName, weekdays, workdays } from './hours.ts'

interface CopyHoursProps {
  day: Weekday
  onCopy: (days: Weekday[]) => void
}

/** Takes the hours of a day over to others; the rest of the working week is suggested. */
export function CopyHours({ day, onCopy }: CopyHoursProps) {
  const { t, i18n } = useTranslation('locationsettings')
  const [opened, setOpened] = useState(false)
  const name = weekdayName(day, i18n.language)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <IconButton size={28} label={t('hours.copy', { day: name })} onClick={() => setOpened((before) => !before)}>
          <IconCopy size={16} />
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('hours.copy', { day: name })}>
        <DayChoice
          day={day}
          onCopy={(days) => {
            onCopy(days)
            setOpened(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function DayChoice({ day, onCopy }: CopyHoursProps) {
  const { t, i18n } = useTranslation('locationsettings')
  const others = weekdays.filter((other) => other !== day)
  const [days, setDays] = useState<Weekday[]>(workdays.includes(day) ? workdays.filter((other) => other !== day) : [])
  return (
    <Stack gap="sm">
      <Checkbox.Group
        label={t('hours.copyTo')}
        value={days}
        onChange={(chosen) => setDays(others.filter((other) => chosen.includes(other)))}
      >
        <Stack gap={8} mt={8}>
          {others.map((other) => (
            <Checkbox key={other} value={other} label={weekdayName(other, i18n.language)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Group gap="xs" wrap="nowrap">
        <Button disabled={!days.length} onClick={() => onCopy(days)}>
          {t('hours.copyNow')}
        </Button>
        <Button variant="default" onClick={() => setDays(days.length === others.length ? [] : others)}>
          {t(days.length === others.length ? 'hours.noDays' : 'hours.allDays')}
        </Button>
      </Group>
    </Stack>
  )
}
