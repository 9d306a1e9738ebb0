/** How tokens reach the client: programs get them in the body, the page in cookies that no script can read. */
import type { PublicContext } from '@oneforge/kernel/operations'
import { isFromPage, type SessionCookies } from './cookies.ts'
import type { SignedIn } from './sign-in.service.ts'

export function handOver(context: PublicContext, cookies: SessionCookies, signedIn: SignedIn): Partial<SignedIn> {
  context.trail.actsFor({ tenantId: signedIn.tenant.id, userId: signedIn.user.id })
  if (!isFromPage(context.request?.headers)) return signedIn
  cookies.set(context.response.headers, signedIn)
  const { accessToken: _, refreshToken: __, ...body } = signedIn
  return body
}

/** The page's refresh token, which counts only together with the header that other sites cannot send. */
export function refreshCookie(context: PublicContext, cookies: SessionCookies): string | undefined {
  const headers = context.request?.headers
  return headers && isFromPage(headers) ? cookies.refreshToken(headers) : undefined
}
