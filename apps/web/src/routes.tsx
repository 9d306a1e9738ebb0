import type { ComponentType } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router'
import type { Part } from './i18n/areas.ts'
import { loadWords } from './i18n/index.ts'
import { FrameSkeleton } from './ui/FrameSkeleton.tsx'
import { PageError } from './ui/PageError.tsx'

/** Each page is a chunk of its own, loaded when somebody goes there. */
function page(load: () => Promise<{ default: ComponentType }>) {
  return async () => ({ Component: (await load()).default })
}

/** A page whose words are not there from the start. */
function laterPage(load: () => Promise<{ default: ComponentType }>, ...parts: Part[]) {
  return async () => {
    const [{ default: Component }] = await Promise.all([load(), loadWords('later', ...parts)])
    return { Component }
  }
}

const workspacePages: RouteObject[] = [
  { index: true, lazy: page(() => import('./app/HomePage.tsx')) },
  { path: 'day', lazy: page(() => import('./activities/DayPage.tsx')) },
  { path: 'dashboards', lazy: laterPage(() => import('./dashboards/DashboardsPage.tsx'), 'dashboards') },
  { path: 'dashboards/:id', lazy: laterPage(() => import('./dashboards/DashboardsPage.tsx'), 'dashboards') },
  { path: 'o/:object', lazy: page(() => import('./list/ListPage.tsx')) },
  { path: 'o/:object/import', lazy: laterPage(() => import('./imports/ImportWizard.tsx')) },
  { path: 'o/:object/trash', lazy: laterPage(() => import('./record/TrashPage.tsx')) },
  { path: 'o/:object/duplicates', lazy: laterPage(() => import('./duplicates/DuplicatesPage.tsx')) },
  { path: 'o/:object/merge/:id', lazy: laterPage(() => import('./duplicates/MergePage.tsx')) },
  { path: 'o/:object/pipelines/:pipeline', lazy: page(() => import('./pipelines/FiguresPage.tsx')) },
  { path: 'o/:object/:id/graph', lazy: laterPage(() => import('./graph/GraphPage.tsx')) },
  { path: 'o/:object/:id', lazy: page(() => import('./record/RecordPage.tsx')) },
  { path: 'automation', lazy: laterPage(() => import('./automation/list/AutomationPage.tsx'), 'automation') },
  { path: 'automation/runs', lazy: laterPage(() => import('./automation/runs/RunsPage.tsx'), 'automation') },
  {
    path: 'automation/approvals',
    lazy: laterPage(() => import('./automation/approvals/ApprovalsPage.tsx'), 'automation'),
  },
  { path: 'automation/:id', lazy: laterPage(() => import('./automation/builder/BuilderPage.tsx'), 'automation') },
  { path: 'automation/:id/runs/:run', lazy: laterPage(() => import('./automation/runs/RunPage.tsx'), 'automation') },
  { path: 'import/new', lazy: laterPage(() => import('./imports/NewObjectImport.tsx')) },
  { path: 'import', lazy: laterPage(() => import('./imports/ImportWizard.tsx')) },
  { path: 'settings/*', lazy: laterPage(() => import('./settings/SettingsPage.tsx'), 'settings', 'mail') },
  { path: 'forms/:form', lazy: laterPage(() => import('./intake/fill/InsidePage.tsx'), 'filling') },
  { path: 'notifications', lazy: page(() => import('./notifications/NotificationsPage.tsx')) },
  { path: 'profile/security', lazy: laterPage(() => import('./security/OwnSecurityPage.tsx')) },
  { path: 'profile', lazy: laterPage(() => import('./profile/ProfilePage.tsx')) },
  { path: 'help', lazy: laterPage(() => import('./help/HelpPage.tsx'), 'help') },
  { path: 'help/:guide', lazy: laterPage(() => import('./help/GuidePage.tsx'), 'help') },
  { path: '*', lazy: page(() => import('./app/NotFoundPage.tsx')) },
]

export const router = createBrowserRouter([
  {
    ErrorBoundary: PageError,
    HydrateFallback: FrameSkeleton,
    children: [
      { path: 'sign-in', lazy: page(() => import('./auth/SignInPage.tsx')) },
      { path: 'register', lazy: page(() => import('./auth/RegisterPage.tsx')) },
      { path: 'forgot-password', lazy: laterPage(() => import('./security/ForgotPasswordPage.tsx')) },
      { path: 'reset-password', lazy: laterPage(() => import('./security/ResetPasswordPage.tsx')) },
      { path: 'verify-email', lazy: laterPage(() => import('./people/VerifyEmailPage.tsx')) },
      { path: 'unsubscribe', lazy: page(() => import('./notifications/UnsubscribePage.tsx')) },
      { path: 'invitation', lazy: laterPage(() => import('./people/InvitationPage.tsx')) },
      { path: 'f/:address', lazy: laterPage(() => import('./intake/fill/FillPage.tsx'), 'filling') },
      { path: 'second-factor', lazy: laterPage(() => import('./security/EnrolmentPage.tsx')) },
      {
        lazy: page(() => import('./app/SessionGate.tsx')),
        children: [
          { path: 'start', lazy: laterPage(() => import('./firstrun/FirstRunPage.tsx')) },
          {
            lazy: page(() => import('./app/Shell.tsx')),
            children: [{ ErrorBoundary: PageError, children: workspacePages }],
          },
        ],
      },
    ],
  },
])
