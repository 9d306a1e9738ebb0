/** The door of the identity module: who people are, how they sign in, and which requests come from them. */
import type { Database } from '@oneforge/kernel/database'
import type { AnyOperation } from '@oneforge/kernel/operations'
import { AccessTokens } from './access-tokens.ts'
import { AccountAdministration } from './administration.ts'
import { Authentication, type Principal } from './authentication.ts'
import { SessionCookies } from './cookies.ts'
import { identityOperations } from './identity.operations.ts'
import { type IdentityRules, IdentityService } from './identity.service.ts'
import { LiveSessions } from './live-sessions.ts'
import { Passwords } from './passwords.ts'
import { RefreshTokens } from './refresh-tokens.ts'
import { Sessions } from './sessions.ts'
import { SigningKeys } from './signing-keys.ts'
import { Throttle } from './throttle.ts'

export type { AccountAdministration } from './administration.ts'
export type { Principal } from './authentication.ts'
export type { CreatedTenant } from './identity.service.ts'

export interface IdentityOptions extends IdentityRules {
  database: Database
  /** The installation's secret: at least 32 random bytes, the same on every server. */
  masterKey: Buffer
  /** Where people reach the server. With https, cookies are sent over https only. */
  baseUrl: string
  /** The clock; the machine's without it. */
  now?: () => Date
}

export interface Identity {
  operations: AnyOperation[]
  /** Who sends a request; see `Authentication.authenticate`. */
  authenticate(headers: Headers, method: string): Promise<Principal | null>
  /** For the command line: whoever runs it has the machine and so the right. */
  administration: AccountAdministration
}

export function createIdentity(options: IdentityOptions): Identity {
  const { database, masterKey, baseUrl, now = () => new Date() } = options
  const cookies = new SessionCookies(baseUrl)
  const keys = new SigningKeys({ database, masterKey, now })
  const accessTokens = new AccessTokens({ keys, issuer: baseUrl, now })
  const live = new LiveSessions({ database, now })
  const sessions = new Sessions({ database, tokens: new RefreshTokens(masterKey), live, now })
  const throttle = new Throttle({ database, masterKey, now })
  const passwords = new Passwords()
  const service = new IdentityService({ database, passwords, sessions, accessTokens, throttle, rules: options, now })
  const authentication = new Authentication({ accessTokens, live, cookies })
  return {
    operations: identityOperations(service, cookies),
    authenticate: (headers, method) => authentication.authenticate(headers, method),
    administration: new AccountAdministration({ database, passwords, sessions, throttle, now }),
  }
}
