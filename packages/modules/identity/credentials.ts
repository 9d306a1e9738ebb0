/**
 * Showing that one is who one says: by the password and, where there is one, the second factor. An attempt is counted
 * before anything is looked at, so parallel guesses get no further than serial ones; an e-mail address that nobody has
 * costs the same time and is locked the same way.
 */
import { logStranger } from '@oneforge/kernel/audit'
import type { Database } from '@oneforge/kernel/database'
import { AppError, unauthenticated, validationError } from '@oneforge/kernel/errors'
import { networkOf, type RequestFacts } from '@oneforge/kernel/tenancy'
import { insertAudit } from './audit.store.ts'
import { bindTenant } from './bindings.store.ts'
import { inEvenTime } from './even-time.ts'
import { findLogin, findUser, listWorkspacesOf } from './identity.store.ts'
import type { Passwords } from './passwords.ts'
import type { SecondFactors } from './second-factor/second-factor.service.ts'
import { failedSignIns, passwordTries, type Throttle } from './throttle.ts'

export interface GivenCredentials {
  email: string
  password: string
  otp?: string
  /** Slug or id of the workspace to sign in to. */
  tenant?: string
}

export interface ProvenUser {
  userId: string
  /** As it was checked: it may be changed before the caller acts on it. */
  passwordHash: string | null
}

/** Longer than it takes to note a failure, so that nothing can be told from the time. */
const failureMs = 60
/** Of somebody who is a member of many workspaces those that were used last are told of a failure. */
const mostTold = 10

export class Credentials {
  private readonly parts: {
    database: Database
    passwords: Passwords
    throttle: Throttle
    secondFactors: SecondFactors
  }

  constructor(parts: Credentials['parts']) {
    this.parts = parts
  }

  /** Throws UNAUTHENTICATED, LOCKED, RATE_LIMIT_EXCEEDED. */
  async prove(given: GivenCredentials, facts: RequestFacts): Promise<ProvenUser> {
    const { database, passwords, throttle } = this.parts
    const network = networkOf(facts.ip)
    if (network) await throttle.require(failedSignIns, network)
    await throttle.require(passwordTries, given.email)
    const login = await findLogin(database, given.email)
    const passwordHash = login?.passwordHash ?? null
    if (!(await passwords.verify(passwordHash, given.password)) || !login) {
      await inEvenTime(failureMs, () => this.noteFailure(login?.id, given, facts))
      throw wrongCredentials()
    }
    await this.checkCode(login.id, given, network, facts)
    await throttle.forget(passwordTries, given.email)
    if (network) await throttle.takeBack(failedSignIns, network)
    return { userId: login.id, passwordHash }
  }

  /**
   * The same for somebody who is signed in: the password or a code will do. Throws VALIDATION_ERROR and LOCKED too.
   *
   * @param field what the caller knows the password by.
   */
  async proveAgain(
    userId: string,
    given: { password?: string; otp?: string },
    facts: RequestFacts,
    field = 'password',
  ): Promise<void> {
    const { database, passwords, throttle, secondFactors } = this.parts
    const user = await database.transaction({ userId }, (tx) => findUser(tx, userId))
    if (!user) throw unauthenticated()
    await throttle.require(passwordTries, user.email)
    if (given.password !== undefined) {
      if (!(await passwords.verify(user.passwordHash, given.password))) {
        throw validationError([{ field, message: 'This is not your current password.' }])
      }
    } else {
      const check = await secondFactors.check(userId, given.otp, facts.now)
      if (check === 'no second factor') throw badCode('You have no second factor. Give your password.')
      if (check !== 'right') throw badCode('The code is wrong or was used before. Wait for the next one.')
    }
    await throttle.forget(passwordTries, user.email)
  }

  private async checkCode(
    userId: string,
    given: GivenCredentials,
    network: string | null,
    facts: RequestFacts,
  ): Promise<void> {
    const { throttle, secondFactors } = this.parts
    const check = await secondFactors.check(userId, given.otp, facts.now)
    if (check === 'missing') {
      // The password was right: to be asked for the code is no failure.
      await throttle.takeBack(passwordTries, given.email)
      if (network) await throttle.takeBack(failedSignIns, network)
      throw codeRequired()
    }
    if (check === 'wrong') {
      await this.noteFailure(userId, given, facts)
      throw codeInvalid()
    }
  }

  /** In the history and the log of each workspace that the account is a member of. */
  private async noteFailure(userId: string | undefined, given: GivenCredentials, facts: RequestFacts): Promise<void> {
    if (!userId) return
    await this.parts.database.transaction({ userId }, async (tx) => {
      const changes = { email: [null, given.email] as [null, string] }
      const attempt = { operation: 'auth.login', accountId: userId, errorCode: 'UNAUTHENTICATED' }
      const workspaces = await listWorkspacesOf(tx, userId)
      for (const { id: tenantId } of workspaces.slice(0, mostTold)) {
        await bindTenant(tx, tenantId)
        await insertAudit(tx, { tenantId, actorId: null, action: 'auth.failed', changes }, facts)
        await logStranger(tx, { tenantId, ...attempt }, facts)
      }
    })
  }
}

export const wrongCredentials = () => unauthenticated('The e-mail address or the password is wrong.')

const codeRequired = () =>
  new AppError('UNAUTHENTICATED', 'This account has a second factor: give the code of your authenticator app.', {
    details: [{ field: 'otp', message: 'MFA_REQUIRED' }],
  })

const codeInvalid = () =>
  new AppError('UNAUTHENTICATED', 'The code is wrong or was used before. Wait for the next one.', {
    details: [{ field: 'otp', message: 'MFA_INVALID' }],
  })

/** For who is signed in: 401 would say that they are not. */
const badCode = (message: string) => validationError([{ field: 'otp', message }])
