/**
 * How a session stands, asked of the database at most once in five seconds for each session. A session that was ended
 * by this server is refused at once, by another one within those seconds.
 */
import type { Database } from '@oneforge/kernel/database'
import { LRUCache } from 'lru-cache'
import type { AccessClaims } from './access-tokens.ts'
import { endSession, findStanding, noteUse } from './sessions.store.ts'

/** How long an answer is good for. */
export const recheckMs = 5_000
const rememberedSessions = 50_000

/** `live`: may be used. `unenrolled`: may be used to set up the second factor that the workspace requires. */
export type SessionState = 'live' | 'unenrolled' | 'idle' | 'ended'

interface Answer {
  state: SessionState
  /** Milliseconds since 1970. */
  askedAt: number
}

export class LiveSessions {
  private readonly database: Database
  private readonly now: () => Date
  private readonly answers = new LRUCache<string, Answer>({ max: rememberedSessions })
  /** Requests of one session that come together ask once. */
  private readonly questions = new Map<string, Promise<SessionState>>()

  constructor(options: { database: Database; now: () => Date }) {
    this.database = options.database
    this.now = options.now
  }

  async stateOf(claims: AccessClaims): Promise<SessionState> {
    const answer = this.answers.get(claims.sessionId)
    if (answer && this.isGood(answer)) return answer.state
    return this.questions.get(claims.sessionId) ?? this.ask(claims)
  }

  /** To be called after the transaction that ended the session was committed. */
  markEnded(sessionId: string): void {
    this.answers.set(sessionId, { state: 'ended', askedAt: this.now().getTime() })
  }

  /** The end is for ever; who is about to enrol must not wait once they have. */
  private isGood({ state, askedAt }: Answer): boolean {
    if (state === 'ended' || state === 'idle') return true
    return state === 'live' && this.now().getTime() - askedAt < recheckMs
  }

  private ask(claims: AccessClaims): Promise<SessionState> {
    const question = this.question(claims).finally(() => this.questions.delete(claims.sessionId))
    this.questions.set(claims.sessionId, question)
    return question
  }

  private async question(claims: AccessClaims): Promise<SessionState> {
    const askedAt = this.now()
    const state = await this.findState(claims, askedAt)
    // It may have been ended here while the question was under way.
    if (this.answers.get(claims.sessionId)?.state === 'ended') return 'ended'
    this.answers.set(claims.sessionId, { state, askedAt: askedAt.getTime() })
    return state
  }

  private async findState(claims: AccessClaims, now: Date): Promise<SessionState> {
    const standing = await findStanding(this.database, claims, now)
    if (!standing) return 'ended'
    if (standing.isIdle) {
      await this.database.transaction({ userId: claims.userId }, (tx) => endSession(tx, claims.sessionId, 'idle', now))
      return 'idle'
    }
    if (standing.isNoteDue) await noteUse(this.database, claims, now)
    return standing.mustEnrol ? 'unenrolled' : 'live'
  }
}
