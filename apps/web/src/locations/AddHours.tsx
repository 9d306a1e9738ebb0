import { Button } from '@mantine/core'
import type { OpenInterval } from '@oneforge/client'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import { withMore } from './hours.ts'

interface AddHoursProps {
  /** Whose hours they are. */
  name: string
  intervals: OpenInterval[]
  onChange: (intervals: OpenInterval[]) => void
}

/** Opens a closed day, or goes on after a break. */
export function AddHours({ name, intervals, onChange }: AddHoursProps) {
  const { t } = useTranslation('locationsettings')
  const add = () => onChange(withMore(intervals))
  if (intervals.length) {
    return (
      <IconButton size={28} label={t('hours.addMore', { name })} onClick={add}>
        <IconPlus size={16} />
      </IconButton>
    )
  }
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconPlus size={14} aria-hidden />}
      aria-label={t('hours.addTo', { name })}
      onClick={add}
    >
      {t('hours.add')}
    </Button>
  )
}
