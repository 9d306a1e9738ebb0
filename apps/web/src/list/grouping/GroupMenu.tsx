import { Button, Popover } from '@mantine/core'
import { IconLayoutRows } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { onDemand } from '../../ui/onDemand.tsx'
import classes from '../ListPage.module.css'
import type { GroupMenuProps } from './GroupFields.tsx'

const GroupFields = onDemand(async () => (await import('./GroupFields.tsx')).GroupFields)

/** By which fields a table is grouped: one, or one within the other. */
export function GroupMenu(props: GroupMenuProps) {
  const { t } = useTranslation('list')
  const { groups } = props.list.look
  const name = groups.length ? t('group.active', { count: groups.length }) : t('group.title')
  return (
    <Popover position="bottom-start" width={300} trapFocus>
      <Popover.Target>
        <Button
          variant={groups.length ? 'light' : 'subtle'}
          color={groups.length ? undefined : 'gray'}
          aria-label={name}
        >
          <IconLayoutRows size={16} />
          <span className={classes.buttonLabel}>{name}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('group.title')} p="xs">
        <GroupFields {...props} />
      </Popover.Dropdown>
    </Popover>
  )
}
