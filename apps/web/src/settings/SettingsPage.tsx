import { NavLink as NavItem, ScrollArea } from '@mantine/core'
import {
  IconBuilding,
  IconChartBar,
  IconForms,
  IconHistory,
  IconKey,
  IconLanguage,
  IconLayoutSidebar,
  IconLock,
  IconMail,
  IconMailCog,
  IconMapPin,
  IconNetwork,
  IconNote,
  IconServer,
  IconShieldCheck,
  IconTable,
  IconTemplate,
  IconUsers,
  IconUsersGroup,
  IconVersions,
} from '@tabler/icons-react'
import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, NavLink, Route, Routes, useLocation } from 'react-router'
import { useWorkspace } from '../api/workspace.ts'
import NotFoundPage from '../app/NotFoundPage.tsx'
import { loadWords } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { useMe } from '../people/people.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import classes from './settings.module.css'

/** Each section comes when it is gone to. */
const section = <Name extends string>(name: Name, load: () => Promise<Record<Name, ComponentType>>) =>
  lazy(async () => ({ default: (await load())[name] }))

const RolePage = section('RolePage', () => import('../access/RolePage.tsx'))
const RolesPage = section('RolesPage', () => import('../access/RolesPage.tsx'))
const LayoutPage = section('LayoutPage', () => import('../arrangements/LayoutPage.tsx'))
const NavigationPage = section('NavigationPage', () => import('../arrangements/NavigationPage.tsx'))
const AuditPage = section('AuditPage', () => import('../audit/AuditPage.tsx'))
/** With the words of those who fill it in, for its preview. */
const FormPage = section('FormPage', async () => {
  await loadWords('filling')
  return import('../intake/edit/FormPage.tsx')
})
const FormsPage = section('FormsPage', () => import('../intake/edit/FormsPage.tsx'))
const InstallationPage = section('InstallationPage', () => import('../installation/InstallationPage.tsx'))
const LocationPage = section('LocationPage', () => import('../locations/LocationPage.tsx'))
const LocationsPage = section('LocationsPage', () => import('../locations/LocationsPage.tsx'))
const NetworksPage = section('NetworksPage', () => import('../locations/NetworksPage.tsx'))
const NoteTemplatesPage = section('NoteTemplatesPage', () => import('../notes/NoteTemplatesPage.tsx'))
const MailSettingsPage = section('MailSettingsPage', () => import('../mail/MailSettingsPage.tsx'))
const MailTemplatePage = section('TemplatePage', () => import('../mail/TemplatePage.tsx'))
const MemberPage = section('MemberPage', () => import('../people/MemberPage.tsx'))
const MembersPage = section('MembersPage', () => import('../people/MembersPage.tsx'))
const TeamsPage = section('TeamsPage', () => import('../people/TeamsPage.tsx'))
const ApiKeysPage = section('ApiKeysPage', () => import('../security/ApiKeysPage.tsx'))
const OutboxPage = section('OutboxPage', () => import('../security/OutboxPage.tsx'))
const SecuritySettingsPage = section('SecuritySettingsPage', () => import('../security/SecuritySettingsPage.tsx'))
const TemplatePage = section('TemplatePage', () => import('../templates/TemplatePage.tsx'))
const TranslationsPage = section('TranslationsPage', () => import('../translations/TranslationsPage.tsx'))
const UsagePage = section('UsagePage', () => import('../usage/UsagePage.tsx'))
const ComparisonPage = section('ComparisonPage', () => import('../versions/ComparisonPage.tsx'))
const VersionPage = section('VersionPage', () => import('../versions/VersionPage.tsx'))
const VersionsPage = section('VersionsPage', () => import('../versions/VersionsPage.tsx'))
const ObjectSettings = section('ObjectSettings', () => import('./ObjectSettings.tsx'))
const ObjectsSettings = section('ObjectsSettings', () => import('./ObjectsSettings.tsx'))
const WorkspaceSettings = section('WorkspaceSettings', () => import('./WorkspaceSettings.tsx'))

interface Section {
  key: string
  icon: typeof IconBuilding
  /** Administrative permissions, one of which opens it; without them it is everybody's. */
  needs?: string[]
  /** Only for who looks after the installation as a whole. */
  ofInstallation?: boolean
}

const sections = [
  { key: 'workspace', icon: IconBuilding },
  { key: 'template', icon: IconTemplate, needs: ['templates'] },
  { key: 'objects', icon: IconTable },
  { key: 'navigation', icon: IconLayoutSidebar, needs: ['objects'] },
  { key: 'translations', icon: IconLanguage, needs: ['objects'] },
  { key: 'forms', icon: IconForms, needs: ['automation'] },
  { key: 'note-templates', icon: IconNote, needs: ['objects'] },
  { key: 'history', icon: IconVersions, needs: ['objects'] },
  { key: 'members', icon: IconUsers },
  { key: 'teams', icon: IconUsersGroup },
  { key: 'roles', icon: IconShieldCheck, needs: ['users', 'roles'] },
  { key: 'locations', icon: IconMapPin },
  { key: 'networks', icon: IconNetwork, needs: ['settings'] },
  { key: 'security', icon: IconLock, needs: ['settings'] },
  { key: 'api-keys', icon: IconKey, needs: ['settings'] },
  { key: 'mail', icon: IconMailCog, needs: ['settings'] },
  { key: 'outbox', icon: IconMail, needs: ['settings'] },
  { key: 'audit', icon: IconHistory, needs: ['audit'] },
  { key: 'usage', icon: IconChartBar, needs: ['settings'] },
  { key: 'installation', icon: IconServer, ofInstallation: true },
] as const satisfies Section[]

/** How the workspace is shaped: itself, its objects and fields, its people and what they may do, its safety. */
export default function SettingsPage() {
  const { t } = useTranslation('settings')
  return (
    <>
      <PageHeader title={t('title')} />
      <div className={classes.frame}>
        <SettingsNav />
        <div className={classes.content}>
          <Suspense>
            <Routes>
              <Route index element={<Navigate to={paths.settings('workspace')} replace />} />
              <Route path="workspace" element={<WorkspaceSettings />} />
              <Route path="template" element={<TemplatePage />} />
              <Route path="objects" element={<ObjectsSettings />} />
              <Route path="objects/:object" element={<ObjectSettings />} />
              <Route path="objects/:object/layout" element={<LayoutPage />} />
              <Route path="navigation" element={<NavigationPage />} />
              <Route path="translations" element={<TranslationsPage />} />
              <Route path="forms" element={<FormsPage />} />
              <Route path="forms/:form" element={<FormPage />} />
              <Route path="note-templates" element={<NoteTemplatesPage />} />
              <Route path="history" element={<VersionsPage />} />
              <Route path="history/compare" element={<ComparisonPage />} />
              <Route path="history/:number" element={<VersionPage />} />
              <Route path="members" element={<MembersPage />} />
              <Route path="members/:member" element={<MemberPage />} />
              <Route path="teams" element={<TeamsPage />} />
              <Route path="roles" element={<RolesPage />} />
              <Route path="roles/:role" element={<RolePage />} />
              <Route path="locations" element={<LocationsPage />} />
              <Route path="locations/:location" element={<LocationPage />} />
              <Route path="networks" element={<NetworksPage />} />
              <Route path="security" element={<SecuritySettingsPage />} />
              <Route path="api-keys" element={<ApiKeysPage />} />
              <Route path="mail" element={<MailSettingsPage />} />
              <Route path="mail/templates/:template" element={<MailTemplatePage />} />
              <Route path="outbox" element={<OutboxPage />} />
              <Route path="audit" element={<AuditPage />} />
              <Route path="usage" element={<UsagePage />} />
              <Route path="installation/*" element={<InstallationPage />} />
              <Route path="*" element={<NotFoundPage />} />
            </Routes>
          </Suspense>
        </div>
      </div>
    </>
  )
}

function SettingsNav() {
  const { t } = useTranslation('settings')
  const { pathname } = useLocation()
  const { admin } = useWorkspace().permissions
  const { data: me } = useMe()
  const opens = ({ needs, ofInstallation }: Section) =>
    ofInstallation
      ? me?.user.superAdmin === true
      : !needs || admin.includes('*') || needs.some((needed) => admin.includes(needed))
  // On phones the sections are a strip that scrolls: the one shown is brought into it.
  const strip = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (pathname && me)
      strip.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname, me])
  return (
    <ScrollArea className={classes.nav} type="never" ref={strip}>
      <nav aria-label={t('title')} className={classes.navList}>
        {sections.filter(opens).map(({ key, icon: SectionIcon }) => (
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
