/** Tokens and keys that are not good, by the address they come from: who guesses is soon not listened to any more. */
import { networkOf } from '@oneforge/kernel/tenancy'
import { type AuthenticationOptions, InvalidCredentials } from '@oneforge/modules/identity'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { tooMany } from './quota.ts'

/** In a minute, on this server. */
const failuresPerMinute = 60

export class CredentialFailures {
  private readonly counts = new RateLimiterMemory({ points: failuresPerMinute, duration: 60 })

  /**
   * Counts what `authenticate` throws as invalid. From an address with too many failures only keys that have proved good
   * before are believed, without a look at the database; people who sign in from there notice nothing.
   *
   * @throws RATE_LIMIT_EXCEEDED in place of UNAUTHENTICATED from then on.
   */
  async guard<T>(address: string | null, authenticate: (options: AuthenticationOptions) => Promise<T>): Promise<T> {
    const subject = networkOf(address) ?? 'unknown'
    const failures = await this.counts.get(subject)
    const isExhausted = failures !== null && failures.consumedPoints >= failuresPerMinute
    try {
      return await authenticate({ onlyKnownKeys: isExhausted })
    } catch (error) {
      if (!(error instanceof InvalidCredentials)) throw error
      if (!isExhausted) await this.counts.penalty(subject)
      if (!failures || !isExhausted) throw error
      const seconds = Math.max(1, Math.ceil(failures.msBeforeNext / 1_000))
      throw tooMany('Too many requests with invalid credentials came from your address.', seconds)
    }
  }
}
