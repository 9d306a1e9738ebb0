import { lazy, useEffect } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { ViewAsBanner } from '../access/ViewAsBanner.tsx'
import { useWorkspaceQuery } from '../api/workspace.ts'
import { FormatProvider } from '../fields/FormatProvider.tsx'
import { NewRecordFormProvider } from '../fields/NewRecordForm.tsx'
import { currentLanguage, languages, switchLanguage } from '../i18n/index.ts'
import { isSuspension } from '../installation/suspension.ts'
import { paths } from '../paths.ts'
import { useMe } from '../people/people.ts'
import { FrameSkeleton } from '../ui/FrameSkeleton.tsx'
import { onDemand } from '../ui/onDemand.tsx'
import { PageError } from '../ui/PageError.tsx'
import { useCalmly } from '../ui/useCalmly.ts'
import { OtherWorkspaceDialog } from './OtherWorkspaceDialog.tsx'

const SuspendedPage = onDemand(async () => (await import('../installation/SuspendedPage.tsx')).SuspendedPage)
const CreateRecord = lazy(() => import('../record/CreateRecord.tsx'))

/**
 * Everything inside knows its workspace. Without a session the client has already sent the person to the sign-in page;
 * a workspace without a template goes through the first run.
 */
export default function SessionGate() {
  const { data: workspace, error } = useWorkspaceQuery()
  // What it says of the person may put a banner on top of the page: nothing should move down for it.
  const { isPending: isMePending } = useMe()
  const isReady = useCalmly(workspace !== undefined && !isMePending)
  const { pathname } = useLocation()
  useProfileLanguage(workspace?.user.locale)
  if (!workspace) {
    if (!error || isSignedOut(error)) return <FrameSkeleton />
    if (isSuspension(error)) return <SuspendedPage refusal={error} />
    return (
      <>
        <ViewAsBanner />
        <PageError error={error} />
      </>
    )
  }
  if (!isReady) return <FrameSkeleton />
  if (!workspace.template && pathname !== paths.firstRun()) return <Navigate to={paths.firstRun()} replace />
  return (
    <FormatProvider>
      <NewRecordFormProvider value={CreateRecord}>
        <Outlet />
        <OtherWorkspaceDialog />
      </NewRecordFormProvider>
    </FormatProvider>
  )
}

function isSignedOut(error: Error): boolean {
  return 'status' in error && error.status === 401
}

/** The profile's language follows a person to every device; a switch made here reaches the profile by itself. */
function useProfileLanguage(locale: string | null | undefined): void {
  useEffect(() => {
    const language = languages.find(({ code }) => locale?.startsWith(code))?.code
    if (language && language !== currentLanguage()) void switchLanguage(language)
  }, [locale])
}
