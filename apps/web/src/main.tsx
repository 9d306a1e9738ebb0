import '@fontsource-variable/inter/wght.css'
// In a layer: our own rules come before Mantine's, in whichever order the files arrive.
import '@mantine/core/styles.layer.css'
import '@mantine/dates/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './ui/page.css'
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import {
  queryClient,
  whenEnrolmentIsRequired,
  whenLocationIsGone,
  whenSessionEnds,
  whenStepUpIsRequired,
} from './api/client.ts'
import { loadDrafts } from './api/drafts.ts'
import { endSession, enrolFirst } from './api/session.ts'
import { renewOutdatedPage } from './app/outdatedPage.ts'
import { currentLanguage, directionOf, loadLaterAreas, startI18n } from './i18n/index.ts'
import { router } from './routes.tsx'
import { colorSchemeManager, theme } from './theme.ts'

whenSessionEnds(() => endSession(router))
whenEnrolmentIsRequired(() => enrolFirst(router))
whenStepUpIsRequired(async () => (await import('./security/StepUpDialog.tsx')).askForStepUp())
whenLocationIsGone(async () => (await import('./locations/locationGone.ts')).tellLocationIsGone(queryClient))
renewOutdatedPage()
await Promise.all([startI18n(), loadDrafts()])

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <DirectionProvider initialDirection={directionOf(currentLanguage())}>
      <MantineProvider theme={theme} colorSchemeManager={colorSchemeManager} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <ModalsProvider>
            <RouterProvider router={router} />
          </ModalsProvider>
          <Notifications position="bottom-right" limit={4} />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  </StrictMode>,
)
// What the first page does without comes once somebody does something there.
for (const event of ['pointerover', 'keydown']) addEventListener(event, () => void loadLaterAreas(), { once: true })
