/**
 * The web page's session lives in cookies that no script can read. Requests that change something must also carry a
 * header that another site cannot make a browser send: that, with SameSite=Lax, is the defence against forgery (CSRF).
 */
import { accessTokenSeconds } from './access-tokens.ts'
import { refreshTokenSeconds } from './refresh-tokens.ts'

interface Cookie {
  name: string
  path: string
  maxAge: number
}

/** Whether the page itself sent the request. */
export const isFromPage = (headers: Headers | undefined): boolean => headers?.get('x-oneforge-client') === 'web'

export class SessionCookies {
  private readonly secure: boolean
  private readonly access: Cookie
  private readonly refresh: Cookie

  constructor(baseUrl: string) {
    this.secure = new URL(baseUrl).protocol === 'https:'
    // The prefixes make browsers refuse these names from plain HTTP and from sibling domains (RFC 6265bis, 4.1.3).
    this.access = { name: this.secure ? '__Host-of_access' : 'of_access', path: '/', maxAge: accessTokenSeconds }
    this.refresh = {
      name: this.secure ? '__Secure-of_refresh' : 'of_refresh',
      path: '/api/v1/auth',
      maxAge: refreshTokenSeconds,
    }
  }

  set(headers: Headers, tokens: { accessToken: string; refreshToken: string }): void {
    headers.append('set-cookie', this.write(this.access, tokens.accessToken, this.access.maxAge))
    headers.append('set-cookie', this.write(this.refresh, tokens.refreshToken, this.refresh.maxAge))
  }

  clear(headers: Headers): void {
    for (const cookie of [this.access, this.refresh]) headers.append('set-cookie', this.write(cookie, '', 0))
  }

  accessToken(headers: Headers): string | undefined {
    return read(headers, this.access)
  }

  refreshToken(headers: Headers): string | undefined {
    return read(headers, this.refresh)
  }

  /** Tokens consist of characters that need no escaping in a cookie. */
  private write(cookie: Cookie, value: string, maxAge: number): string {
    const secure = this.secure ? '; Secure' : ''
    return `${cookie.name}=${value}; Path=${cookie.path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`
  }
}

function read(headers: Headers, cookie: Cookie): string | undefined {
  const prefix = `${cookie.name}=`
  const pairs = headers.get('cookie')?.split(/;\s*/) ?? []
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length) || undefined
}
