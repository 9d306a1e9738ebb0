// In layers: our own rules come before Mantine's, in whichever order the files arrive. Its parts bring theirs along, see
// build/mantineStyles.ts.
import '@mantine/core/styles/baseline.layer.css'
import '@mantine/core/styles/default-css-variables.layer.css'
import '@mantine/core/styles/global.layer.css'
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
import { loadFont } from './ui/font.ts'
import { useOnceActed } from './ui/onDemand.tsx'

whenSessionEnds(() => endSession(router))
whenEnrolmentIsRequired(() => enrolFirst(router))
whenStepUpIsRequired(async () => (await import('./security/StepUpDialog.tsx')).askForStepUp())
whenLocationIsGone(async () => (await import('./locations/locationGone.ts')).tellLocationIsGone(queryClient))
renewOutdatedPage()
loadFont()
await Promise.all([startI18n(), loadDrafts()])

function LateOverlays() {
  const Overlays = useOnceActed(async () => (await import('./ui/Overlays.tsx')).Overlays)
  return Overlays && <Overlays />
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <DirectionProvider initialDirection={directionOf(currentLanguage())}>
      <MantineProvider
        theme={theme}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
        withCssVariables={false}
      >
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
