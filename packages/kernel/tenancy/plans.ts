/** What a tenant may use, by plan. */

export interface Plan {
  /** Weighted: see `Operation.cost`. */
  requestsPerMinute: number | null
  members: number | null
  records: number | null
  storageBytes: number | null
}

const gibibyte = 1024 ** 3

/** Null: without limit. `unlimited` is for measurements and tests. */
export const plans = {
  starter: { requestsPerMinute: 100, members: 5, records: 10_000, storageBytes: gibibyte },
  professional: { requestsPerMinute: 500, members: 25, records: 100_000, storageBytes: 10 * gibibyte },
  business: { requestsPerMinute: 2_000, members: 100, records: 1_000_000, storageBytes: 100 * gibibyte },
  enterprise: { requestsPerMinute: 10_000, members: null, records: null, storageBytes: null },
  unlimited: { requestsPerMinute: null, members: null, records: null, storageBytes: null },
} satisfies Record<string, Plan>

export type PlanName = keyof typeof plans
export const planNames = Object.keys(plans) as PlanName[]

/** The plan of that name; one that a release does not know any more holds nobody back. */
export const planOf = (name: string): Plan => (name in plans ? plans[name as PlanName] : plans.unlimited)

/** What a tenant has left when its trial of another plan is over. */
export const planAfterTrial: PlanName = 'starter'

/** A tenant's plan as it was set. */
export interface PlanHolder {
  plan: string
  /** RFC 3339; null: the plan is no trial. */
  trialEndsAt: string | null
}

export interface PlanInForce extends Plan {
  name: string
}

export const hasTrialEnded = ({ trialEndsAt }: PlanHolder, now: Date): boolean =>
  trialEndsAt !== null && Date.parse(trialEndsAt) <= now.getTime()

/** The plan that counts at this moment: a trial that is over leaves `planAfterTrial`. */
export function planInForce(holder: PlanHolder, now: Date): PlanInForce {
  const name = hasTrialEnded(holder, now) ? planAfterTrial : holder.plan
  return { name, ...planOf(name) }
}
