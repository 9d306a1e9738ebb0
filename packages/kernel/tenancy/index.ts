/** Who asks, for which tenant, and from where: what every use of the system carries with it. */

export { isInNetwork, isOutside, type Network, networkOf, networkText, parseNetwork, plainAddress } from './networks.ts'
export { pageAddress } from './page-address.ts'
export {
  admittedBy,
  type PlanShortage,
  placesTaken,
  planExhausted,
  requirePlace,
  requireStorage,
  shortageOf,
} from './plan-bounds.ts'
export {
  hasTrialEnded,
  type Plan,
  type PlanHolder,
  type PlanInForce,
  type PlanName,
  planAfterTrial,
  planInForce,
  planNames,
  planOf,
  plans,
} from './plans.ts'
export { requireInUse } from './suspension.ts'
export { isTimeZone } from './time-zones.ts'

export interface Actor {
  kind: 'user' | 'system'
  /** Null for the system itself. */
  userId: string | null
  name: string
}

/** Where a change came from, as the history shows it. */
export type Source =
  | 'page'
  | 'api'
  | 'cli'
  | 'import'
  | 'bulk'
  | 'undo'
  | 'history'
  | 'template'
  | 'mail'
  | 'workflow'
  | 'form'
  | 'system'

/** Facts of one request that do not depend on a tenant. */
export interface RequestFacts {
  requestId: string
  /** Language of the answer: `en`, `es`. */
  locale: string
  ip: string | null
  userAgent: string | null
  source: Source
  now: Date
  /** The location that the page is switched to: what is listed is what belongs to it. */
  locationId?: string
}

export const systemActor: Actor = { kind: 'system', userId: null, name: 'OneForge' }

/** What a workspace calls that which acts by itself, such as a workflow; null for people and for the system as such. */
export const actedBy = ({ kind, name }: Actor): string | null =>
  kind === 'system' && name !== systemActor.name ? name : null
