import { Text } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import type { Neighbours } from './neighbours.ts'
import classes from './RecordPage.module.css'

interface StepsProps {
  neighbours: Neighbours
  onGo: (id: string | undefined) => void
}

/** Where in its list the record stands, «3 of 120», with the ways to the one before and the one after. */
export function Steps({ neighbours, onGo }: StepsProps) {
  const { t } = useTranslation('record')
  const { position, loaded, more, total } = neighbours
  return (
    <>
      <Text span size="xs" c="dimmed" className={classes.number} visibleFrom="xs">
        {t('steps.position', { position, loaded: total ?? `${loaded}${more ? '+' : ''}` })}
      </Text>
      <IconButton
        size="sm"
        className={classes.step}
        label={t('steps.previous')}
        disabled={!neighbours.previous}
        onClick={() => onGo(neighbours.previous)}
      >
        <IconChevronUp size={17} />
      </IconButton>
      <IconButton
        size="sm"
        className={classes.step}
        label={t('steps.next')}
        disabled={!neighbours.next}
        onClick={() => onGo(neighbours.next)}
      >
        <IconChevronDown size={17} />
      </IconButton>
    </>
  )
}
