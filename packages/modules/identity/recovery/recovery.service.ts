/** Links that prove an e-mail address: to verify it, and to choose a new password. */
import type { Database, Transaction } from '@oneforge/kernel/database'
import { type AppError, conflict, unauthenticated, validationError } from '@oneforge/kernel/errors'
import { noTenant } from '@oneforge/kernel/jobs'
import { networkOf, type RequestFacts } from '@oneforge/kernel/tenancy'
import type { Mailer } from '@oneforge/modules/messaging'
import { type IdentityAction, insertAudit } from '../audit.store.ts'
import { bindTenant } from '../bindings.store.ts'
import { inEvenTime } from '../even-time.ts'
import { findLogin, findUser, listWorkspacesOf, markVerified, resetPassword, type UserRow } from '../identity.store.ts'
import { passwordResetMail, verificationMail } from '../identity-mail.ts'
import { newLinkToken, parseLinkToken } from '../link-tokens.ts'
import type { PageLinks } from '../page-links.ts'
import { requireGoodPassword } from '../password-rules.ts'
import type { Passwords } from '../passwords.ts'
import type { Person } from '../person.ts'
import type { Sessions } from '../sessions.ts'
import { linkRequests, passwordTries, resetRequests, type Throttle } from '../throttle.ts'
import { type AccountLinkPurpose, replaceLink, useLink } from './account-links.store.ts'

const verificationHours = 24
const resetHours = 1
/** Longer than it takes to write a link and its message. */
const requestMs = 250

interface Parts {
  database: Database
  mailer: Mailer
  links: PageLinks
  passwords: Passwords
  sessions: Sessions
  throttle: Throttle
  now: () => Date
}

export class Recovery {
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  /** Sends a link that verifies the address, in a transaction that is bound to the user and their workspace. */
  async sendVerification(tx: Transaction, user: UserRow, facts: RequestFacts): Promise<void> {
    const { mailer, links } = this.parts
    const link = links.verification(await this.makeLink(tx, 'verification', user, verificationHours))
    const locale = user.locale ?? facts.locale
    await mailer.enqueue(
      tx,
      verificationMail({ to: user.email, name: user.name, locale, link, hours: verificationHours }),
    )
  }

  async resendVerification({ userId, tenantId }: Person, facts: RequestFacts): Promise<void> {
    const { database, throttle } = this.parts
    await throttle.require(linkRequests, `verification ${userId}`)
    await database.transaction({ userId, tenantId }, async (tx) => {
      const user = await findUser(tx, userId)
      if (!user) throw unauthenticated()
      if (user.emailVerified) throw conflict('Your e-mail address is confirmed already.')
      await this.sendVerification(tx, user, facts)
    })
  }

  /** Takes the address that the link was sent to as verified, and tells which. */
  async verify(tokenText: string, facts: RequestFacts): Promise<string> {
    return this.withLink('verification', tokenText, async (tx, userId, email) => {
      if (!(await markVerified(tx, userId, email, this.parts.now()))) throw voidLink('verification')
      await this.note(tx, userId, 'auth.email_verified', facts)
      return email
    })
  }

  /**
   * Sends a link to choose a new password, if there is such an account. Answer and time are the same if there is none,
   * and when links have been asked for too often.
   */
  async forgot(email: string, facts: RequestFacts): Promise<void> {
    const network = networkOf(facts.ip)
    if (network) await this.parts.throttle.require(resetRequests, network)
    await inEvenTime(requestMs, () => this.sendReset(email, facts))
  }

  /** Sets the password, ends every session and lifts the lock. Throws VALIDATION_ERROR for a link that is void. */
  async reset(input: { token: string; newPassword: string }, facts: RequestFacts): Promise<void> {
    const { passwords, sessions, throttle, now } = this.parts
    // What anybody can tell is refused before it costs a hash; the rest leaves the link good for another try.
    requireGoodPassword('newPassword', input.newPassword, [])
    const passwordHash = await passwords.hash(input.newPassword)
    const email = await this.withLink('password-reset', input.token, async (tx, userId, sentTo) => {
      const user = await findUser(tx, userId)
      if (user?.email !== sentTo) throw voidLink('password-reset')
      requireGoodPassword('newPassword', input.newPassword, [user.email, user.name])
      await resetPassword(tx, userId, passwordHash, now())
      await sessions.endOthers(tx, userId, null, 'password reset')
      await this.note(tx, userId, 'auth.password_reset', facts)
      return user.email
    })
    await throttle.forget(passwordTries, email)
  }

  /** The message belongs to a person and not to a workspace: no workspace's administrator may read the link. */
  private async sendReset(email: string, facts: RequestFacts): Promise<void> {
    const { database, throttle, mailer, links } = this.parts
    if (!(await throttle.allows(linkRequests, `password reset ${email}`))) return
    const login = await findLogin(database, email)
    if (!login?.passwordHash) return
    await database.transaction({ tenantId: noTenant, userId: login.id }, async (tx) => {
      const user = (await findUser(tx, login.id))!
      const link = links.passwordReset(await this.makeLink(tx, 'password-reset', user, resetHours))
      const locale = user.locale ?? facts.locale
      await mailer.enqueue(tx, passwordResetMail({ to: user.email, name: user.name, locale, link }))
    })
  }

  private async makeLink(tx: Transaction, purpose: AccountLinkPurpose, user: UserRow, hours: number): Promise<string> {
    const token = newLinkToken(purpose, [user.id])
    const now = this.parts.now()
    const expiresAt = new Date(now.getTime() + hours * 3_600_000)
    const link = { userId: user.id, purpose, tokenHash: token.hash, email: user.email }
    await replaceLink(tx, link, { now, expiresAt })
    return token.text
  }

  /** Uses the link up and does what it is for, in one transaction that is bound to its user. */
  private withLink<T>(
    purpose: AccountLinkPurpose,
    tokenText: string,
    work: (tx: Transaction, userId: string, email: string) => Promise<T>,
  ): Promise<T> {
    const token = parseLinkToken(purpose, tokenText, 1)
    if (!token) throw voidLink(purpose)
    const userId = token.ids[0]!
    return this.parts.database.transaction({ userId }, async (tx) => {
      const email = await useLink(tx, { purpose, tokenHash: token.hash }, this.parts.now())
      if (!email) throw voidLink(purpose)
      return work(tx, userId, email)
    })
  }

  /** In the audit trail of every workspace that the person can sign in to. */
  private async note(tx: Transaction, userId: string, action: IdentityAction, facts: RequestFacts): Promise<void> {
    for (const { id: tenantId } of await listWorkspacesOf(tx, userId)) {
      await bindTenant(tx, tenantId)
      await insertAudit(tx, { tenantId, actorId: userId, action }, facts)
    }
  }
}

const meanings: Record<AccountLinkPurpose, string> = {
  verification: 'This link is no longer good: it was used, or is older than a day. Ask for another one.',
  'password-reset': 'This link is no longer good: it was used, or is older than an hour. Ask for another one.',
}

const voidLink = (purpose: AccountLinkPurpose): AppError =>
  validationError([{ field: 'token', message: meanings[purpose] }], meanings[purpose])
