/** How many requests may be made in a minute: by a workspace as its plan says, by an address without credentials. */
import { AppError } from '@oneforge/kernel/errors'
import type { Principal } from '@oneforge/kernel/operations'
import { type PlanHolder, planInForce } from '@oneforge/kernel/tenancy'
import type { RequestBudgets, Standing } from '@oneforge/modules/usage'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** Requests of one address that come without credentials, on this server. */
const anonymousPerMinute = 1_200

/** What the answer says of the quota, and why the request is refused, if it is. */
export interface Charge {
  headers: Record<string, string>
  refusal?: AppError
}

/** Whose allowances a request is taken from. */
export type Payer = Pick<Principal, 'tenantId' | 'keyId' | 'requestsPerMinute'>

export class Quotas {
  private readonly budgets: RequestBudgets
  private readonly anonymous = new RateLimiterMemory({ points: anonymousPerMinute, duration: 60 })

  constructor(budgets: RequestBudgets) {
    this.budgets = budgets
  }

  /**
   * Takes the cost from the allowance of the key, if it has one of its own, and from the workspace's. The answer tells of
   * whichever has less left.
   */
  async take({ tenantId, keyId, requestsPerMinute }: Payer, holder: PlanHolder, cost: number): Promise<Charge> {
    const ofKey =
      keyId && requestsPerMinute
        ? await this.budgets.takeOfKey({ tenantId, keyId }, requestsPerMinute, cost)
        : undefined
    if (ofKey?.admitted === false) return chargeOf(ofKey, `This API key may make ${ofKey.limit} requests a minute.`)
    const ofTenant = await this.budgets.take(tenantId, planInForce(holder, new Date()).requestsPerMinute, cost)
    const tighter = ofKey && !(ofTenant && isTighter(ofTenant, ofKey)) ? ofKey : ofTenant
    return tighter ? chargeOf(tighter) : { headers: {} }
  }

  async takeAnonymous(address: string | null): Promise<Charge> {
    const key = address ?? 'unknown'
    const state = await this.anonymous.consume(key).catch((error: unknown) => {
      if (error instanceof RateLimiterRes) return error
      throw error
    })
    return chargeOf({
      admitted: state.consumedPoints <= anonymousPerMinute,
      limit: anonymousPerMinute,
      remaining: state.remainingPoints,
      secondsLeft: Math.ceil(state.msBeforeNext / 1_000),
    })
  }
}

const isTighter = (one: Standing, other: Standing): boolean => !one.admitted || one.remaining < other.remaining

function chargeOf(
  { admitted, limit, remaining, secondsLeft }: Standing,
  reason = 'Too many requests in this minute.',
): Charge {
  const headers = {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(secondsLeft),
  }
  if (admitted) return { headers }
  return { headers, refusal: tooMany(reason, secondsLeft) }
}

export const tooMany = (reason: string, seconds: number): AppError =>
  new AppError('RATE_LIMIT_EXCEEDED', `${reason} Try again in ${seconds} s.`, { retryAfter: seconds })
