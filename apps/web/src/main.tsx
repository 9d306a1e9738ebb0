import '@fontsource-variable/inter/wght.css'
// In a layer: our own rules come before Mantine's, in whichever order the files arrive.
import '@mantine/core/styles.layer.css'
import '@mantine/dates/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './ui/page.css'
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { notificationsStore } from '@mantine/notifications'
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
import { dropEarly } from './api/early.ts'
import { endSession, enrolFirst } from './api/session.ts'
import { renewOutdatedPage } from './app/outdatedPage.ts'
import { currentLanguage, directionOf, loadWords, startI18n } from './i18n/index.ts'
import { router } from './routes.tsx'
import { colorSchemeManager, theme } from './theme.ts'
import { act, onFirstAct } from './ui/firstAct.ts'
import { useOnceActed } from './ui/onDemand.tsx'

whenSessionEnds(() => endSession(router))
whenEnrolmentIsRequired(() => enrolFirst(router))
whenStepUpIsRequired(async () => (await import('./security/StepUpDialog.tsx')).askForStepUp())
whenLocationIsGone(async () => (await import('./locations/locationGone.ts')).tellLocationIsGone(queryClient))
renewOutdatedPage()
await Promise.all([startI18n(), loadDrafts()])

function LateOverlays() {
  const Overlays = useOnceActed(async () => (await import('./ui/Overlays.tsx')).Overlays)
  return Overlays && <Overlays />
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <DirectionProvider initialDirection={directionOf(currentLanguage())}>
      <MantineProvider theme={theme} colorSchemeManager={colorSchemeManager} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <LateOverlays />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  </StrictMode>,
)
// Whoever only looks gets the rest as well, once the page has had time to come.
setTimeout(() => {
  act()
  dropEarly()
}, 15_000)
onFirstAct(() => void loadWords('later', 'settings'))
// A toast that nobody asked for brings what shows it.
notificationsStore.subscribe(({ notifications }) => notifications.length > 0 && act())
