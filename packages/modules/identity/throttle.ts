/** Limits on guessing and on registering, kept in the database so that they hold for all servers together. */
import { createHmac } from 'node:crypto'
import type { Database } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import {
  type AttemptLimit,
  countAttempt,
  forgetAttempts,
  lockedUntil,
  removeOldAttempts,
  takeBackAttempt,
} from './attempts.store.ts'
import { deriveKey } from './secrets.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

export interface Limit extends AttemptLimit {
  name: string
  /** What the caller is told. */
  refusal(retryAfter: number): AppError
}

/** Password checks of one account. The account is locked whether it exists or not, so that nothing can be told from it. */
export const passwordTries: Limit = {
  name: 'password tries of an account',
  attempts: 5,
  windowSeconds: 15 * minute,
  lockSeconds: 15 * minute,
  refusal: (retryAfter) =>
    new AppError('LOCKED', `Too many wrong passwords: this account is locked. Try again in ${inMinutes(retryAfter)}.`, {
      retryAfter,
    }),
}

/** One address that guesses at many accounts. */
export const failedSignIns: Limit = {
  name: 'failed sign-ins of an address',
  attempts: 100,
  windowSeconds: 15 * minute,
  refusal: (retryAfter) => tooMany('failed sign-ins from your network address', retryAfter),
}

export const registrations: Limit = {
  name: 'registrations of an address',
  attempts: 100,
  windowSeconds: hour,
  refusal: (retryAfter) => tooMany('registrations from your network address', retryAfter),
}

/** A workspace that would make us send mail to the world. */
export const invitations: Limit = {
  name: 'invitations of a workspace',
  attempts: 500,
  windowSeconds: day,
  refusal: (retryAfter) => tooMany('invitations', retryAfter),
}

/** One address that asks for links to many accounts. */
export const resetRequests: Limit = {
  name: 'password resets asked for by an address',
  attempts: 50,
  windowSeconds: hour,
  refusal: (retryAfter) => tooMany('requests for a new password from your network address', retryAfter),
}

/** Links asked for by, or for, one account: more than these are not sent. */
export const linkRequests: Limit = {
  name: 'links to an account',
  attempts: 5,
  windowSeconds: hour,
  refusal: (retryAfter) => tooMany('links', retryAfter),
}

const tooMany = (what: string, retryAfter: number): AppError =>
  new AppError('RATE_LIMIT_EXCEEDED', `Too many ${what}. Try again in ${inMinutes(retryAfter)}.`, { retryAfter })

function inMinutes(seconds: number): string {
  const minutes = Math.ceil(seconds / minute)
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}

export class Throttle {
  private readonly database: Database
  private readonly key: Buffer
  private readonly now: () => Date
  private cleanedAt = 0

  constructor(options: { database: Database; masterKey: Buffer; now: () => Date }) {
    this.database = options.database
    this.key = deriveKey(options.masterKey, 'attempt counters')
    this.now = options.now
  }

  /**
   * Counts an attempt, and throws the limit's refusal when it is one too many. The attempt is counted before anything
   * is checked: however many come at once, no more than the limit get through.
   */
  async require(limit: Limit, subject: string): Promise<void> {
    if (await this.allows(limit, subject)) return
    const now = this.now()
    const key = this.keyOf(limit, subject)
    const until = await lockedUntil(this.database, key)
    const milliseconds = until ? Date.parse(until) - now.getTime() : 0
    throw limit.refusal(Math.max(1, Math.ceil(milliseconds / 1000)))
  }

  /** Counts an attempt and says whether it is let through, where the caller must not be told. */
  async allows(limit: Limit, subject: string): Promise<boolean> {
    const now = this.now()
    await this.cleanDaily(now)
    return countAttempt(this.database, this.keyOf(limit, subject), limit, now)
  }

  /** Forgets what was counted: the subject has proved itself. */
  async forget(limit: Limit, subject: string): Promise<void> {
    await forgetAttempts(this.database, this.keyOf(limit, subject))
  }

  /** The attempt just counted does not count after all. */
  async takeBack(limit: Limit, subject: string): Promise<void> {
    await takeBackAttempt(this.database, this.keyOf(limit, subject))
  }

  private keyOf(limit: Limit, subject: string): string {
    return createHmac('sha256', this.key).update(`${limit.name}\n${subject}`).digest('base64url')
  }

  /** Guesses at names that do not exist would leave rows behind for ever. */
  private async cleanDaily(now: Date): Promise<void> {
    if (now.getTime() - this.cleanedAt < day * 1000) return
    this.cleanedAt = now.getTime()
    await removeOldAttempts(this.database, new Date(now.getTime() - day * 1000))
  }
}
