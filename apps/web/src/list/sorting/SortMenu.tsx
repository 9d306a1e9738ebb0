import { Button, Popover } from '@mantine/core'
import { IconArrowsSort } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { onDemand } from '../../ui/onDemand.tsx'
import classes from '../ListPage.module.css'
import type { SortMenuProps } from './SortLevels.tsx'

const SortLevels = onDemand(async () => (await import('./SortLevels.tsx')).SortLevels)

/** The order of the list, level by level: by the first, and where that is the same by the next. */
export function SortMenu(props: SortMenuProps) {
  const { sort } = props
  const { t } = useTranslation('list')
  const name = sort.length ? t('sort.active', { count: sort.length }) : t('sort.title')
  return (
    <Popover position="bottom-start" width={340} trapFocus>
      <Popover.Target>
        <Button variant={sort.length ? 'light' : 'subtle'} color={sort.length ? undefined : 'gray'} aria-label={name}>
          <IconArrowsSort size={16} />
          <span className={classes.buttonLabel}>{name}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('sort.title')} p="xs">
        <SortLevels {...props} />
      </Popover.Dropdown>
    </Popover>
  )
}
