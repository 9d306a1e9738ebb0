/**
 * Whether a session still lasts, asked of the database at most once in five seconds for each session. A session that
 * was ended by this server is refused at once, by another one within those seconds.
 */
import type { Database } from '@oneforge/kernel/database'
import { LRUCache } from 'lru-cache'
import type { AccessClaims } from './access-tokens.ts'
import { isSessionLive } from './sessions.store.ts'

/** How long an answer is good for. */
export const recheckMs = 5_000
const rememberedSessions = 50_000

interface Answer {
  live: boolean
  /** Milliseconds since 1970. */
  askedAt: number
}

export class LiveSessions {
  private readonly database: Database
  private readonly now: () => Date
  private readonly answers = new LRUCache<string, Answer>({ max: rememberedSessions })
  /** Requests of one session that come together ask once. */
  private readonly questions = new Map<string, Promise<boolean>>()

  constructor(options: { database: Database; now: () => Date }) {
    this.database = options.database
    this.now = options.now
  }

  async isLive(claims: AccessClaims): Promise<boolean> {
    const answer = this.answers.get(claims.sessionId)
    if (answer && (!answer.live || this.now().getTime() - answer.askedAt < recheckMs)) return answer.live
    const question = this.questions.get(claims.sessionId) ?? this.ask(claims)
    return question
  }

  /** To be called after the transaction that ended the session was committed. */
  markEnded(sessionId: string): void {
    this.answers.set(sessionId, { live: false, askedAt: this.now().getTime() })
  }

  private ask(claims: AccessClaims): Promise<boolean> {
    const question = this.question(claims).finally(() => this.questions.delete(claims.sessionId))
    this.questions.set(claims.sessionId, question)
    return question
  }

  private async question(claims: AccessClaims): Promise<boolean> {
    const askedAt = this.now()
    const live = await isSessionLive(this.database, claims, askedAt)
    // It may have been ended here while the question was under way.
    if (this.answers.get(claims.sessionId)?.live === false) return false
    this.answers.set(claims.sessionId, { live, askedAt: askedAt.getTime() })
    return live
  }
}
