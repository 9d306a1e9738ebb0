import { NavLink as NavItem, ScrollArea } from '@mantine/core'
import { IconBuilding, IconTable, IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Navigate, NavLink, Route, Routes, useLocation } from 'react-router'
import NotFoundPage from '../app/NotFoundPage.tsx'
import { paths } from '../paths.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import { MembersSettings } from './MembersSettings.tsx'
import { ObjectSettings } from './ObjectSettings.tsx'
import { ObjectsSettings } from './ObjectsSettings.tsx'
import classes from './settings.module.css'
import { WorkspaceSettings } from './WorkspaceSettings.tsx'

const sections = [
  { key: 'workspace', icon: IconBuilding },
  { key: 'objects', icon: IconTable },
  { key: 'members', icon: IconUsers },
] as const

/** How the workspace is shaped: itself, its objects and fields, its people. */
export default function SettingsPage() {
  const { t } = useTranslation('settings')
  return (
    <>
      <PageHeader title={t('title')} />
      <div className={classes.frame}>
        <SettingsNav />
        <div className={classes.content}>
          <Routes>
            <Route index element={<Navigate to={paths.settings('workspace')} replace />} />
            <Route path="workspace" element={<WorkspaceSettings />} />
            <Route path="objects" element={<ObjectsSettings />} />
            <Route path="objects/:object" element={<ObjectSettings />} />
            <Route path="members" element={<MembersSettings />} />
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
        </div>
      </div>
    </>
  )
}

function SettingsNav() {
  const { t } = useTranslation('settings')
  const { pathname } = useLocation()
  return (
    <ScrollArea className={classes.nav} type="never">
      <nav aria-label={t('title')} className={classes.navList}>
        {sections.map(({ key, icon: SectionIcon }) => (
          <NavItem
            key={key}
            component={NavLink}
            to={paths.settings(key)}
            label={t(`section.${key}`)}
            leftSection={<SectionIcon size={16} stroke={1.6} aria-hidden />}
            active={pathname.startsWith(paths.settings(key))}
            className={classes.navItem}
          />
        ))}
      </nav>
    </ScrollArea>
  )
}
