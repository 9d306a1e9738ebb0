/** Who sends a request: read from its headers alone. */
import { forbidden, unauthenticated } from '@oneforge/kernel/errors'
import type { Principal as Caller } from '@oneforge/kernel/operations'
import type { AccessTokens } from './access-tokens.ts'
import { type ApiKeys, isApiKey } from './api-keys/api-keys.service.ts'
import { isFromPage, type SessionCookies } from './cookies.ts'
import type { LiveSessions } from './live-sessions.ts'

/** The caller, and how they showed who they are. */
export interface Principal extends Caller {
  via: 'bearer' | 'cookie' | 'key'
}

const methodsThatOnlyRead = ['GET', 'HEAD', 'OPTIONS']

export interface AuthenticationOptions {
  /** Whether API keys count only if this server has found them good before: nothing is looked up for others. */
  onlyKnownKeys?: boolean
}

export class Authentication {
  private readonly accessTokens: AccessTokens
  private readonly live: LiveSessions
  private readonly cookies: SessionCookies
  private readonly apiKeys: ApiKeys

  constructor(options: {
    accessTokens: AccessTokens
    live: LiveSessions
    cookies: SessionCookies
    apiKeys: ApiKeys
  }) {
    this.accessTokens = options.accessTokens
    this.live = options.live
    this.cookies = options.cookies
    this.apiKeys = options.apiKeys
  }

  /**
   * From the header `Authorization: Bearer`, which holds an access token or an API key, else from the page's cookie.
   *
   * @returns null when the request carries neither.
   * @throws UNAUTHENTICATED when the token is forged or expired or its session has ended; FORBIDDEN when a request that
   * may change something comes with the cookie alone.
   */
  async authenticate(
    headers: Headers,
    method: string,
    { onlyKnownKeys = false }: AuthenticationOptions = {},
  ): Promise<Principal | null> {
    const authorization = headers.get('authorization')
    if (authorization !== null) {
      const token = bearerToken(authorization)
      if (isApiKey(token)) {
        return { ...(await this.apiKeys.authenticate(token, onlyKnownKeys)), sessionId: null, via: 'key' }
      }
      return { ...(await this.check(token)), via: 'bearer' }
    }
    const cookie = this.cookies.accessToken(headers)
    if (cookie === undefined) return null
    requireFromPage(headers, method)
    return { ...(await this.check(cookie)), via: 'cookie' }
  }

  private async check(token: string): Promise<Caller> {
    const claims = await this.accessTokens.verify(token)
    const state = await this.live.stateOf(claims)
    if (state === 'idle')
      throw unauthenticated('You were signed out because nothing was done for a while. Sign in again.')
    if (state === 'ended') throw unauthenticated('This session has ended. Sign in again.')
    return { ...claims, mustEnrol: state === 'unenrolled' }
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
