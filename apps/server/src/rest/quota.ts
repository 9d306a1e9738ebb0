/** How many requests may be made in a minute: by a workspace as its plan says, by an address without credentials. */
import { AppError } from '@oneforge/kernel/errors'
import { type PlanHolder, planInForce } from '@oneforge/kernel/tenancy'
import type { RequestBudgets } from '@oneforge/modules/usage'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** Requests of one address that come without credentials, on this server. */
const anonymousPerMinute = 1_200

/** What the answer says of the quota, and why the request is refused, if it is. */
export interface Charge {
  headers: Record<string, string>
  refusal?: AppError
}

export class Quotas {
  private readonly budgets: RequestBudgets
  private readonly anonymous = new RateLimiterMemory({ points: anonymousPerMinute, duration: 60 })

  constructor(budgets: RequestBudgets) {
    this.budgets = budgets
  }

  /** Takes the cost from the workspace's quota. */
  async take(tenantId: string, holder: PlanHolder, cost: number): Promise<Charge> {
    const standing = await this.budgets.take(tenantId, planInForce(holder, new Date()).requestsPerMinute, cost)
    if (!standing) return { headers: {} }
    const { admitted, limit, remaining, secondsLeft } = standing
    return chargeOf(limit, remaining, secondsLeft, admitted)
  }

  async takeAnonymous(address: string | null): Promise<Charge> {
    const key = address ?? 'unknown'
    const state = await this.anonymous.consume(key).catch((error: unknown) => {
      if (error instanceof RateLimiterRes) return error
      throw error
    })
    const isWithin = state.consumedPoints <= anonymousPerMinute
    return chargeOf(anonymousPerMinute, state.remainingPoints, Math.ceil(state.msBeforeNext / 1_000), isWithin)
  }
}

function chargeOf(limit: number, remaining: number, seconds: number, isWithin: boolean): Charge {
  const headers = {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(seconds),
  }
  if (isWithin) return { headers }
  const message = `Too many requests in this minute. Try again in ${seconds} s.`
  return { headers, refusal: new AppError('RATE_LIMIT_EXCEEDED', message, { retryAfter: seconds }) }
}
