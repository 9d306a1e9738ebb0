import { Indicator, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBell } from '@tabler/icons-react'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { IconButton } from '../ui/IconButton.tsx'
import { mostCounted, useUnread } from './notificationQueries.ts'

const BellPanel = lazy(() => import('./BellPanel.tsx'))

/** How much is new, and what it is. */
export function Bell() {
  const { t } = useTranslation('notifications')
  const unread = useUnread()
  const [opened, { close, toggle }] = useDisclosure()
  const { key } = useLocation()
  // Whoever goes somewhere is done with the panel.
  useEffect(close, [key])
  const count = unread >= mostCounted ? `${mostCounted - 1}+` : String(unread)
  return (
    <Popover opened={opened} onChange={close} position="bottom-start" width="min(400px, 94vw)" trapFocus returnFocus>
      <Indicator label={count} size={15} offset={6} disabled={unread === 0} color="red.8" withBorder>
        <Popover.Target>
          <IconButton label={t('bell', { count: unread, formatted: count })} onClick={toggle} data-tour="notifications">
            <IconBell size={18} />
          </IconButton>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label={t('title')}>
        <Suspense>
          <BellPanel onClose={close} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
