/** The door of the identity module: who people are, how they sign in, and which requests come from them. */
import type { Database } from '@oneforge/kernel/database'
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { Mailer } from '@oneforge/modules/messaging'
import { AccessTokens } from './access-tokens.ts'
import { AccountAdministration } from './administration.ts'
import { apiKeyOperations } from './api-keys/api-keys.operations.ts'
import { ApiKeys } from './api-keys/api-keys.service.ts'
import { Authentication, type AuthenticationOptions, type Principal } from './authentication.ts'
import { SessionCookies } from './cookies.ts'
import { Credentials } from './credentials.ts'
import { domainOperations } from './domain/domain.operations.ts'
import { WorkspaceDomains } from './domain/domain.service.ts'
import type { TextRecords } from './domain/text-records.port.ts'
import { identityOperations } from './identity.operations.ts'
import { IdentityService } from './identity.service.ts'
import type { IdentityRules } from './identity-rules.ts'
import { LiveSessions } from './live-sessions.ts'
import { invitationOperations } from './members/invitations.operations.ts'
import { Invitations } from './members/invitations.service.ts'
import { memberOperations } from './members/members.operations.ts'
import { Members } from './members/members.service.ts'
import { PageLinks } from './page-links.ts'
import { Passwords } from './passwords.ts'
import { recoveryOperations } from './recovery/recovery.operations.ts'
import { Recovery } from './recovery/recovery.service.ts'
import { RefreshTokens } from './refresh-tokens.ts'
import { secondFactorOperations } from './second-factor/second-factor.operations.ts'
import { SecondFactors } from './second-factor/second-factor.service.ts'
import { securityOperations } from './security.operations.ts'
import { sessionOperations } from './sessions.operations.ts'
import { Sessions } from './sessions.ts'
import { SignIn } from './sign-in.service.ts'
import { SigningKeys } from './signing-keys.ts'
import { Throttle } from './throttle.ts'
import { WorkspaceAddresses } from './workspace-address.ts'

export type { AccountAdministration } from './administration.ts'
export type { AuthenticationOptions, Principal } from './authentication.ts'
export { checkDomains } from './domain/domain-checks.ts'
export { DnsUnreachable, type TextRecords } from './domain/text-records.port.ts'
export type { CreatedTenant } from './identity-rules.ts'
export { InvalidCredentials } from './invalid-credentials.ts'
export { sealingFor } from './secrets.ts'

export interface IdentityOptions extends IdentityRules {
  database: Database
  mailer: Mailer
  /** Where a domain’s owner shows that it is theirs. */
  textRecords: TextRecords
  /** The installation's secret: at least 32 random bytes, the same on every server. */
  masterKey: Buffer
  /** Where people reach the server. With https, cookies are sent over https only. */
  baseUrl: string
  /** Whether there is an operation of this name, for keys that are limited to some. */
  isOperation: (name: string) => boolean
  /** The clock; the machine's without it. */
  now?: () => Date
}

export interface Identity {
  operations: AnyOperation[]
  /** Who sends a request; see `Authentication.authenticate`. */
  authenticate(headers: Headers, method: string, options?: AuthenticationOptions): Promise<Principal | null>
  /** For the command line: whoever runs it has the machine and so the right. */
  administration: AccountAdministration
}

export function createIdentity(options: IdentityOptions): Identity {
  const { database, mailer, textRecords, masterKey, baseUrl, isOperation, now = () => new Date() } = options
  const cookies = new SessionCookies(baseUrl)
  const links = new PageLinks(baseUrl)
  const signingKeys = new SigningKeys({ database, masterKey, now })
  const accessTokens = new AccessTokens({ keys: signingKeys, issuer: baseUrl, now })
  const live = new LiveSessions({ database, now })
  const sessions = new Sessions({ database, tokens: new RefreshTokens(masterKey), live, now })
  const throttle = new Throttle({ database, masterKey, now })
  const passwords = new Passwords()
  const secondFactors = new SecondFactors({ database, sessions, masterKey })
  const credentials = new Credentials({ database, passwords, throttle, secondFactors })
  const signIn = new SignIn({ database, credentials, sessions, accessTokens })
  const base = { database, mailer, links, passwords, credentials, sessions, signIn, throttle, rules: options, now }
  const recovery = new Recovery(base)
  const service = new IdentityService({ ...base, recovery })
  const apiKeys = new ApiKeys({ database, isOperation, now })
  const authentication = new Authentication({ accessTokens, live, cookies, apiKeys })
  return {
    operations: [
      ...identityOperations({ service, signIn, cookies, addresses: new WorkspaceAddresses({ database, baseUrl }) }),
      ...recoveryOperations(recovery),
      ...secondFactorOperations(secondFactors),
      ...sessionOperations(database, sessions),
      ...memberOperations(new Members(sessions), cookies),
      ...invitationOperations(new Invitations(base), cookies),
      ...apiKeyOperations(apiKeys),
      ...securityOperations,
      ...domainOperations(new WorkspaceDomains({ textRecords, baseUrl, now })),
    ],
    authenticate: (headers, method, given) => authentication.authenticate(headers, method, given),
    administration: new AccountAdministration({ ...base, secondFactors, signingKeys }),
  }
}
