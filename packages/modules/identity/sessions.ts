/** Sessions: opened by signing in, kept alive by refreshing, ended by signing out or by a token that was used twice. */
import { type Database, newId, type Transaction } from '@oneforge/kernel/database'
import { unauthenticated } from '@oneforge/kernel/errors'
import type { RequestFacts } from '@oneforge/kernel/tenancy'
import type { AccessClaims } from './access-tokens.ts'
import type { LiveSessions } from './live-sessions.ts'
import { type RefreshToken, type RefreshTokens, refreshTokenSeconds } from './refresh-tokens.ts'
import {
  endSession,
  endSessionsExcept,
  endSessionsIn,
  insertSession,
  lockRefreshToken,
  type RefreshState,
  replaceRefreshToken,
} from './sessions.store.ts'

/** A client that got no answer may send the same refresh token again for so long. */
const retryMs = 10_000
/** How long a session that is over still shows in the list of a user's sessions. */
const rememberMs = 30 * 24 * 3600 * 1000
const longestUserAgent = 400

export interface OpenSession extends AccessClaims {
  refreshToken: string
}

export class Sessions {
  private readonly database: Database
  private readonly tokens: RefreshTokens
  private readonly live: LiveSessions
  private readonly now: () => Date

  constructor(options: { database: Database; tokens: RefreshTokens; live: LiveSessions; now: () => Date }) {
    this.database = options.database
    this.tokens = options.tokens
    this.live = options.live
    this.now = options.now
  }

  /**
   * Opens a session in a transaction that is bound to the user.
   *
   * @param steppedUpAt when the person last proved who they are: just now, unless it is told.
   */
  async open(
    tx: Transaction,
    who: { userId: string; tenantId: string },
    facts: RequestFacts,
    steppedUpAt: string | Date | null = this.now(),
  ): Promise<OpenSession> {
    const sessionId = newId()
    const token = this.tokens.first(who.userId, sessionId)
    const session = {
      id: sessionId,
      ...who,
      userAgent: facts.userAgent?.slice(0, longestUserAgent) ?? null,
      ip: facts.ip,
      steppedUpAt,
    }
    const now = this.now()
    const forgetBefore = new Date(now.getTime() - rememberMs)
    await insertSession(tx, session, token, { ...this.lifetime(now), forgetBefore })
    return { ...who, sessionId, refreshToken: token.text }
  }

  /**
   * Exchanges a refresh token for its successor. One that was used before ends the session, unless it comes again
   * within ten seconds: then the client only asks again for what it did not receive.
   */
  async refresh(tokenText: string): Promise<OpenSession> {
    const token = this.tokens.parse(tokenText)
    if (!token) throw refused()
    const session = await this.database.transaction({ userId: token.userId }, (tx) => this.exchange(tx, token))
    if (session) return session
    this.live.markEnded(token.sessionId)
    throw unauthenticated(
      'This refresh token has been used before, so its session was ended for safety. Sign in again.',
    )
  }

  /** The session with its new token; undefined when the token was used before, which has ended the session. */
  private async exchange(tx: Transaction, token: RefreshToken): Promise<OpenSession | undefined> {
    const now = this.now()
    const state = await lockRefreshToken(tx, token, now)
    if (!state || state.sessionEndedAt || state.isIdle || Date.parse(state.expiresAt) <= now.getTime()) throw refused()
    const successor = this.tokens.successor(token)
    if (!state.usedAt) {
      await replaceRefreshToken(tx, token, successor, this.lifetime(now))
    } else if (!isRetry(state.usedAt, now)) {
      await endSession(tx, token.sessionId, 'a refresh token was used twice', now)
      return undefined
    }
    const { userId, sessionId } = token
    return { userId, sessionId, tenantId: state.tenantId, refreshToken: successor.text }
  }

  /** Ends one session, in a transaction that is bound to its user; false when there is none such that lasts. */
  async end(tx: Transaction, sessionId: string, reason: string): Promise<boolean> {
    const ended = await endSession(tx, sessionId, reason, this.now())
    this.markEnded(tx, ended ? [sessionId] : [])
    return ended
  }

  /** Ends the user's sessions but one, in a transaction that is bound to the user; gives how many. */
  async endOthers(tx: Transaction, userId: string, keptSessionId: string | null, reason: string): Promise<number> {
    return this.markEnded(tx, await endSessionsExcept(tx, userId, keptSessionId, reason, this.now()))
  }

  /** Ends the user's sessions in one tenant, in a transaction that is bound to the user. */
  async endIn(tx: Transaction, who: { userId: string; tenantId: string }, reason: string): Promise<void> {
    this.markEnded(tx, await endSessionsIn(tx, who, reason, this.now()))
  }

  private markEnded(tx: Transaction, sessionIds: string[]): number {
    tx.onCommit(() => {
      for (const sessionId of sessionIds) this.live.markEnded(sessionId)
    })
    return sessionIds.length
  }

  private lifetime(now: Date): { now: Date; expiresAt: Date } {
    return { now, expiresAt: new Date(now.getTime() + refreshTokenSeconds * 1000) }
  }
}

const isRetry = (usedAt: NonNullable<RefreshState['usedAt']>, now: Date): boolean =>
  now.getTime() - Date.parse(usedAt) < retryMs

const refused = () => unauthenticated('The refresh token is not valid or has expired. Sign in again.')
