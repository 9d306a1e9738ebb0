import { Stack, Tabs, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router'
import NotFoundPage from '../app/NotFoundPage.tsx'
import { paths } from '../paths.ts'
import settings from '../settings/settings.module.css'
import { LibraryPage } from './LibraryPage.tsx'
import { PlansPage } from './PlansPage.tsx'
import { WorkspaceListPage } from './WorkspaceListPage.tsx'
import { WorkspacePage } from './WorkspacePage.tsx'

const parts = ['workspaces', 'plans', 'templates'] as const

/** For the super admin: all workspaces, the plans they may have, and the templates they may choose. */
export function InstallationPage() {
  const { t } = useTranslation('installation')
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const shown = parts.find((part) => pathname.startsWith(paths.settings(`installation/${part}`)))
  return (
    <Stack gap="md">
      <title>{`${t('title')} · OneForge`}</title>
      <div>
        <h2 className={settings.heading}>{t('title')}</h2>
        <Text size="sm" c="dimmed">
          {t('explanation')}
        </Text>
      </div>
      <Tabs value={shown ?? null} onChange={(part) => part && navigate(paths.settings(`installation/${part}`))}>
        <Tabs.List>
          {parts.map((part) => (
            <Tabs.Tab key={part} value={part}>
              {t(`part.${part}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown && (
          <Tabs.Panel value={shown} pt="md">
            <Routes>
              <Route path="workspaces" element={<WorkspaceListPage />} />
              <Route path="workspaces/:workspace" element={<WorkspacePage />} />
              <Route path="plans" element={<PlansPage />} />
              <Route path="templates" element={<LibraryPage />} />
              <Route path="*" element={<NotFoundPage />} />
            </Routes>
          </Tabs.Panel>
        )}
      </Tabs>
      {!shown && <Navigate to={paths.settings('installation/workspaces')} replace />}
    </Stack>
  )
}
