/** Who sends a request: read from its headers alone. */
import { forbidden, unauthenticated } from '@oneforge/kernel/errors'
import type { Principal as Caller } from '@oneforge/kernel/operations'
import type { AccessClaims, AccessTokens } from './access-tokens.ts'
import { isFromPage, type SessionCookies } from './cookies.ts'
import type { LiveSessions } from './live-sessions.ts'

/** The caller, and how they showed who they are. */
export interface Principal extends Caller {
  via: 'bearer' | 'cookie'
}

const methodsThatOnlyRead = ['GET', 'HEAD', 'OPTIONS']

export class Authentication {
  private readonly accessTokens: AccessTokens
  private readonly live: LiveSessions
  private readonly cookies: SessionCookies

  constructor(options: { accessTokens: AccessTokens; live: LiveSessions; cookies: SessionCookies }) {
    this.accessTokens = options.accessTokens
    this.live = options.live
    this.cookies = options.cookies
  }

  /**
   * From the header `Authorization: Bearer`, else from the page's cookie.
   *
   * @returns null when the request carries neither.
   * @throws UNAUTHENTICATED when the token is forged or expired or its session has ended; FORBIDDEN when a request that
   * may change something comes with the cookie alone.
   */
  async authenticate(headers: Headers, method: string): Promise<Principal | null> {
    const authorization = headers.get('authorization')
    if (authorization !== null) return { ...(await this.check(bearerToken(authorization))), via: 'bearer' }
    const cookie = this.cookies.accessToken(headers)
    if (cookie === undefined) return null
    requireFromPage(headers, method)
    return { ...(await this.check(cookie)), via: 'cookie' }
  }

  private async check(token: string): Promise<AccessClaims> {
    const claims = await this.accessTokens.verify(token)
    if (!(await this.live.isLive(claims))) throw unauthenticated('This session has ended. Sign in again.')
    return claims
  }
}

function bearerToken(authorization: string): string {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  if (!token) throw unauthenticated('Send the access token as “Authorization: Bearer <token>”.')
  return token
}

function requireFromPage(headers: Headers, method: string): void {
  if (methodsThatOnlyRead.includes(method.toUpperCase()) || isFromPage(headers)) return
  throw forbidden('A request with the session cookie needs the header “X-OneForge-Client: web”.')
}
