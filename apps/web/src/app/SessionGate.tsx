import { Navigate, Outlet, useLocation } from 'react-router'
import { useWorkspaceQuery } from '../api/workspace.ts'
import { FormatProvider } from '../fields/FormatProvider.tsx'
import { paths } from '../paths.ts'
import { FrameSkeleton } from '../ui/FrameSkeleton.tsx'
import { PageError } from '../ui/PageError.tsx'

/**
 * Everything inside knows its workspace. Without a session the client has already sent the person to the sign-in page;
 * a workspace without a template goes through the first run.
 */
export default function SessionGate() {
  const { data: workspace, error } = useWorkspaceQuery()
  const { pathname } = useLocation()
  if (!workspace) return error && !isSignedOut(error) ? <PageError error={error} /> : <FrameSkeleton />
  if (!workspace.template && pathname !== paths.firstRun()) return <Navigate to={paths.firstRun()} replace />
  return (
    <FormatProvider>
      <Outlet />
    </FormatProvider>
  )
}

function isSignedOut(error: Error): boolean {
  return 'status' in error && error.status === 401
}
