import { Button, Popover } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { onDemand } from '../../ui/onDemand.tsx'
import classes from './ColumnChooser.module.css'
import type { ColumnChooserProps } from './ColumnOrder.tsx'

const ColumnOrder = onDemand(async () => (await import('./ColumnOrder.tsx')).ColumnOrder)

/** Which columns, in which order: by mouse, touch or keyboard (space picks up, arrows move). */
export function ColumnChooser({ object, controls }: ColumnChooserProps) {
  const { t } = useTranslation('list')
  return (
    <Popover position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" aria-label={t('columns.title')}>
          <IconColumns3 size={16} />
          <span className={classes.label}>{t('columns.title')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.title')} p="xs">
        <ColumnOrder object={object} controls={controls} />
      </Popover.Dropdown>
    </Popover>
  )
}
