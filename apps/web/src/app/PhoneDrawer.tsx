import { useTranslation } from 'react-i18next'
import { Drawer } from '../ui/Drawer.tsx'
import classes from './Shell.module.css'
import { Sidebar } from './Sidebar.tsx'

interface PhoneDrawerProps {
  opened: boolean
  onClose: () => void
}

/** The navigation on a phone, slid in from the side. */
export function PhoneDrawer({ opened, onClose }: PhoneDrawerProps) {
  const { t } = useTranslation('app')
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={280}
      padding={0}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': t('nav.label') } }}
      classNames={{ body: classes.drawerBody }}
    >
      <Sidebar collapsed={false} />
    </Drawer>
  )
}
