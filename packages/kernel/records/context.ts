import type { AccessPolicy } from '../access/index.ts'
import type { OperationTrail } from '../audit/index.ts'
import type { Transaction } from '../database/index.ts'
import type { CompiledObject, TenantModel } from '../metadata/index.ts'
import type { ValueContext } from '../metadata/values/index.ts'
import type { Actor, Source } from '../tenancy/index.ts'
import type { DeferredWork } from './computed/deferred-work.ts'
import type { NumbersSeen } from './rules/number-looks.ts'

/** What every verb of the record store needs to know of its caller. An operation's context is one. */
export interface RecordContext {
  tx: Transaction
  model: TenantModel
  policy: AccessPolicy
  actor: Actor
  requestId: string
  ip: string | null
  source: Source
  locale: string
  now: Date
  /** What is listed, counted and summed is what belongs to this location. */
  locationId?: string
  /** What the operation leaves behind; work that is none has its own traces. */
  trail?: OperationTrail
  /** What is written follows from a change of metadata, or takes something back: no rule is asked again. */
  unjudged?: boolean
  /** Leaves work on very many records to a job, which begins after the commit; gives its id. */
  defer?: (work: DeferredWork) => Promise<string>
  /** Numbers that were looked at before the tenant's turn; absent where nobody would run the change again after a look. */
  numbersSeen?: NumbersSeen
}

/** How a tenant reads dates, money and phone numbers that come without zone, currency or country. */
export function valueContext(context: Pick<RecordContext, 'model' | 'now'>): ValueContext {
  const { model } = context
  return {
    currency: model.currency,
    ...(model.country ? { country: model.country } : {}),
    timeZone: model.timeZone,
    today: dateIn(model.timeZone, context.now),
  }
}

/** YYYY-MM-DD in the zone; the Swedish locale writes dates that way. */
function dateIn(timeZone: string, moment: Date): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  formats.set(timeZone, format)
  return format.format(moment)
}

/** Making a format takes longer than all else that a small write has to think of. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** The object of that slug if the caller may know of it. */
export function visibleObject(
  context: Pick<RecordContext, 'model' | 'policy'>,
  slug: string,
): CompiledObject | undefined {
  const object = context.model.object.get(slug)
  return object && context.policy.objects.has(object.slug) ? object : undefined
}
