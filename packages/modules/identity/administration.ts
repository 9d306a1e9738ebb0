/** What an operator may do from the machine itself, without anybody's password. */
import type { Database } from '@oneforge/kernel/database'
import { conflict, notFound } from '@oneforge/kernel/errors'
import { findLogin, findUser, replacePassword } from './identity.store.ts'
import { requireGoodPassword } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import type { SecondFactors } from './second-factor/second-factor.service.ts'
import type { Sessions } from './sessions.ts'
import type { SigningKeyInfo, SigningKeys } from './signing-keys.ts'
import { passwordTries, type Throttle } from './throttle.ts'

interface Parts {
  database: Database
  passwords: Passwords
  sessions: Sessions
  throttle: Throttle
  secondFactors: SecondFactors
  signingKeys: SigningKeys
  now: () => Date
}

export class AccountAdministration {
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  /** Gives the account another password, ends its sessions and lifts its lock. Throws NOT_FOUND, VALIDATION_ERROR. */
  async resetPassword(email: string, newPassword: string): Promise<void> {
    const { database, passwords, sessions, now } = this.parts
    const login = await this.findLogin(email)
    const before = login.passwordHash
    if (before === null) throw conflict(`The account ${email} signs in without a password. There is none to reset.`)
    const user = await database.transaction({ userId: login.id }, (tx) => findUser(tx, login.id))
    requireGoodPassword('password', newPassword, [user!.email, user!.name])
    const after = await passwords.hash(newPassword)
    await database.transaction({ userId: login.id }, async (tx) => {
      const replaced = await replacePassword(tx, login.id, before, after, now())
      if (!replaced) throw conflict('The password was changed a moment ago from somewhere else. Try again.')
      await sessions.endOthers(tx, login.id, null, 'password reset')
    })
    await this.unlock(email)
  }

  /** Lifts the lock that wrong passwords brought. Throws NOT_FOUND. */
  async unlock(email: string): Promise<void> {
    await this.findLogin(email)
    await this.parts.throttle.forget(passwordTries, normalised(email))
  }

  /** Takes the second factor away from somebody who lost phone and backup codes. Throws NOT_FOUND, CONFLICT. */
  async removeSecondFactor(email: string): Promise<void> {
    const login = await this.findLogin(email)
    if (!(await this.parts.secondFactors.removeFor(login.id))) throw conflict(`${email} has no second factor.`)
  }

  /** Keys that sign and verify access tokens, the newest first. */
  listSigningKeys(): Promise<SigningKeyInfo[]> {
    return this.parts.signingKeys.list()
  }

  /** Makes a new signing key, which is used from a minute on. Retire the old one 15 minutes after that. */
  rotateSigningKey(): Promise<SigningKeyInfo[]> {
    return this.parts.signingKeys.rotate()
  }

  /** Whoever holds a token that this key signed has to refresh it, within a minute. Throws NOT_FOUND, CONFLICT. */
  retireSigningKey(kid: string): Promise<SigningKeyInfo[]> {
    return this.parts.signingKeys.retire(kid)
  }

  private async findLogin(email: string) {
    const login = await findLogin(this.parts.database, normalised(email))
    if (!login) throw notFound(`An account with the e-mail address ${email}`)
    return login
  }
}

/** As registering stores it. */
const normalised = (email: string): string => email.trim().toLowerCase()
