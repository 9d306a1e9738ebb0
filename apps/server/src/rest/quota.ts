/** How many requests a tenant may make: weighted by what they cost, counted per minute and server. */
import { AppError } from '@oneforge/kernel/errors'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** Weighted requests per minute. */
const perMinute: Record<string, number> = { free: 600, team: 3_000, enterprise: 10_000 }
/** Requests of one address that come without credentials. */
const anonymousPerMinute = 1_200

export class Quotas {
  private readonly byPlan = new Map(
    Object.entries(perMinute).map(([plan, points]) => [
      plan,
      new RateLimiterMemory({ keyPrefix: plan, points, duration: 60 }),
    ]),
  )
  private readonly anonymous = new RateLimiterMemory({
    keyPrefix: 'anonymous',
    points: anonymousPerMinute,
    duration: 60,
  })

  /** Takes the cost from the tenant's quota; 429 says when there is room again. Plan `unlimited` has none. */
  async take(tenantId: string, plan: string, cost: number): Promise<Record<string, string>> {
    const limiter = this.byPlan.get(plan)
    return limiter ? this.consume(limiter, tenantId, cost) : {}
  }

  async takeAnonymous(address: string | null): Promise<Record<string, string>> {
    return this.consume(this.anonymous, address ?? 'unknown', 1)
  }

  private async consume(limiter: RateLimiterMemory, key: string, cost: number): Promise<Record<string, string>> {
    try {
      const state = await limiter.consume(key, cost)
      return {
        'x-ratelimit-limit': String(limiter.points),
        'x-ratelimit-remaining': String(state.remainingPoints),
        'x-ratelimit-reset': String(Math.ceil(state.msBeforeNext / 1000)),
      }
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      const seconds = Math.ceil(error.msBeforeNext / 1000)
      throw new AppError('RATE_LIMIT_EXCEEDED', `Too many requests in this minute. Try again in ${seconds} s.`, {
        retryAfter: seconds,
      })
    }
  }
}
