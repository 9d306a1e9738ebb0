/**
 * Signing in, registering, signing out.
 * - useSignIn(), useRegister(): mutations; on success everything known is forgotten and loaded anew.
 * - useSignOut(): ends the session on the server. The sign-in page then forgets what was known (useForgetting): the
 *   pages of the workspace may still be on the screen for a moment and need it.
 * - endSession(router): where a person lands whose session is over; they come back to the same page.
 * - enrolFirst(router): where a person goes who must have a second factor before anything else.
 * - useUpdateProfile(), useChangePassword().
 */
import { notifications } from '@mantine/notifications'
import type { SignedIn } from '@oneforge/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { createBrowserRouter } from 'react-router'
import { paths } from '../paths.ts'
import { client, queryClient } from './client.ts'
import { forgetDrafts } from './drafts.ts'
import { dropEarly, forgetEarly } from './early.ts'
import { keys } from './keys.ts'
import { tellOtherTabs } from './otherTabs.ts'
import { forgetReader } from './shownLocation.ts'
import { forgetViewing } from './viewAs.ts'

/** Pages that need no session: being sent to the sign-in page from there would lose what was typed. */
const openPages: string[] = [
  paths.signIn(),
  paths.register(),
  paths.forgotPassword(),
  paths.resetPassword(),
  paths.verifyEmail(),
  paths.invitation(),
]

export function endSession(router: ReturnType<typeof createBrowserRouter>): void {
  const { pathname, search } = router.state.location
  if (openPages.includes(pathname)) return
  const next = pathname + search
  void router.navigate(paths.signIn(next === paths.home() ? undefined : next), { replace: true })
}

/** The way to the one page that still opens where a workspace demands a second factor. */
export function enrolFirst(router: ReturnType<typeof createBrowserRouter>): void {
  if (router.state.location.pathname !== paths.enrolment()) void router.navigate(paths.enrolment(), { replace: true })
}

/** Nothing that is known belongs to the session that begins. */
function startAnew(signedIn: SignedIn): void {
  queryClient.clear()
  dropEarly()
  tellOtherTabs(signedIn)
}

export function useSignIn() {
  return useMutation({ mutationFn: client.identity.login, onSuccess: startAnew })
}

export function useRegister() {
  return useMutation({ mutationFn: client.identity.register, onSuccess: startAnew })
}

export function useSignOut() {
  return useMutation({ mutationFn: client.identity.logout, onSuccess: () => tellOtherTabs(null) })
}

/** Once the page that calls it is shown, nothing of a tenant stays in memory or in sight, and no draft in the browser. */
export function useForgetting(): void {
  useEffect(() => {
    queryClient.clear()
    forgetViewing()
    forgetReader()
    forgetDrafts()
    forgetEarly()
    notifications.clean()
  }, [])
}

export function useUpdateProfile() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: client.identity.updateMe,
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.workspace() }),
  })
}

export function useChangePassword() {
  return useMutation({ mutationFn: client.identity.changePassword })
}
