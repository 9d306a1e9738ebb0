/** How much the workflows of a workspace may do in an hour: what is beyond it waits for the next. */
import { type PlanHolder, planInForce } from '@oneforge/kernel/tenancy'

/** Steps by plan; null: as many as there are. */
const stepsPerHour: Record<string, number | null> = {
  starter: 100_000,
  professional: 100_000,
  business: 500_000,
  enterprise: 2_000_000,
  unlimited: null,
}

export function stepsAllowed(holder: PlanHolder, now: Date): number | null {
  const { name } = planInForce(holder, now)
  return stepsPerHour[name] ?? null
}

const hourMs = 3_600_000

export const hourOf = (now: Date): Date => new Date(Math.floor(now.getTime() / hourMs) * hourMs)
export const nextHour = (now: Date): Date => new Date(hourOf(now).getTime() + hourMs)
