import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Drawer } from '../../ui/Drawer.tsx'

interface FilterDrawerProps {
  onClose: () => void
  children: ReactNode
}

/** On phones the filter comes up from below and takes most of the screen. */
export function FilterDrawer({ onClose, children }: FilterDrawerProps) {
  const { t } = useTranslation('list')
  return (
    <Drawer opened onClose={onClose} position="bottom" size="85%" title={t('filter.title')}>
      {children}
    </Drawer>
  )
}
