/** What records are grouped by: values, days and hours of moments, and the records that a relation leads to. */
import { atBest, fieldAccess } from '../access/index.ts'
import { type RawBuilder, sql } from '../database/index.ts'
import type { FieldProblem } from '../errors/index.ts'
import { type CompiledField, type CompiledObject, storedKey } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { whereSeen } from './seen.ts'
import { type Place, placeOf } from './to-one.ts'

/** Stretches of time, each named by its first day. */
export const intervals = ['day', 'week', 'month', 'quarter', 'year'] as const
/** Parts that come again: the day of the week from 1 (Monday) to 7, the hour of the day from 0 to 23. */
export const recurringIntervals = ['weekday', 'hour'] as const
export type Interval = (typeof intervals)[number] | (typeof recurringIntervals)[number]

export interface GroupBy {
  field: string
  interval?: Interval
  /** Of amounts, which are no groups themselves. */
  part?: 'currency'
}

const systemGroups: Record<string, string> = {
  stage: 'stage',
  ownerId: 'owner_id',
  locationId: 'location_id',
  createdBy: 'created_by',
  updatedBy: 'updated_by',
}
const systemMoments: Record<string, string> = { createdAt: 'created_at', updatedAt: 'updated_at' }

export function readableField(context: RecordContext, object: CompiledObject, key: string): CompiledField | undefined {
  const field = object.field.get(key)
  return field && fieldAccess(atBest(context.policy), object, key) !== 'hidden' ? field : undefined
}

/** Where a name of the query leads; what is wrong with it is noted. */
export function placeAsked(
  context: RecordContext,
  object: CompiledObject,
  name: string,
  at: string,
  unknown: string,
  problems: FieldProblem[],
): Place | undefined {
  const place = placeOf(context, object, name)
  if (place && !('problem' in place) && place.isSeen) return place
  problems.push({ field: at, message: place && 'problem' in place ? `“${name}” ${place.problem}` : unknown })
  return undefined
}

/** What the groups of a name stand for. */
export interface GroupSubject {
  /** At the end of the way, where the name leads over relations. */
  object: CompiledObject
  /** Of that object: a field, or an attribute of the system. */
  key: string
  field?: CompiledField
  /** Each group is a record of `object`, by its id. */
  isRecord: boolean
}

/** Undefined where the caller knows nothing of that name. */
export function groupSubject(context: RecordContext, object: CompiledObject, name: string): GroupSubject | undefined {
  const asked = leadingTo(context, object, name)
  const place = placeOf(context, object, asked)
  if (!place || 'problem' in place || !place.isSeen) return undefined
  const field = readableField(context, place.object, place.key)
  return { object: place.object, key: place.key, ...(field ? { field } : {}), isRecord: asked.endsWith('.id') }
}

/** The value that records `r` are grouped by; undefined where there is none such, which is noted. */
export function groupExpression(
  context: RecordContext,
  object: CompiledObject,
  group: GroupBy,
  { at, weekStart }: { at: string; weekStart: number },
  problems: FieldProblem[],
): RawBuilder<unknown> | undefined {
  const unknown = `“${group.field}” is not something ${object.slug} can be grouped by`
  const asked = leadingTo(context, object, group.field)
  const place = placeAsked(context, object, asked, at, unknown, problems)
  if (!place) return undefined
  const { object: there, key, along } = place
  const field = readableField(context, there, key)
  const seen = (name: string, value: RawBuilder<unknown>) => along(whereSeen(context.policy, there, name, value))
  const moment = momentExpression(field, key)
  if (moment) {
    const local = sql`${seen(key, moment)} at time zone ${field?.type === 'date' ? 'UTC' : context.model.timeZone}`
    return dateGroup(local, group.interval ?? 'day', weekStart)
  }
  if (group.interval) {
    problems.push({ field: `${at}.interval`, message: `“${group.field}” is not a date` })
    return undefined
  }
  if (asked.endsWith('.id')) return along(sql`r.id`)
  const column = Object.hasOwn(systemGroups, key) ? systemGroups[key] : undefined
  const mirrored = key === 'stage' ? there.roles.stage : undefined
  const isHidden = mirrored && !readableField(context, there, mirrored)
  if (!field && column && !isHidden) return seen(mirrored ?? key, sql`r.${sql.ref(column)}`)
  if (field?.storage.kind === 'role' && field.storage.column === 'stage') return seen(field.key, sql`r.stage`)
  if (field && groupableTypes.has(field.type)) return seen(field.key, sql`r.data -> ${storedKey(field)}`)
  if (field?.type === 'money' && group.part === 'currency') return seen(field.key, currencyOf(field))
  problems.push({ field: at, message: unknown })
  return undefined
}

/** A relation to one record groups by that record. */
function leadingTo(context: RecordContext, object: CompiledObject, name: string): string {
  const relation = object.relation.get(name)
  return relation && !relation.many && readableField(context, object, name) ? `${name}.id` : name
}

/** Whether the name is of a value that stands on the record itself, and not on others that it is linked to. */
export const isOwnValue = (context: RecordContext, object: CompiledObject, name: string): boolean =>
  !leadingTo(context, object, name).includes('.')

const currencyOf = (field: CompiledField): RawBuilder<unknown> =>
  field.storage.kind === 'role' ? sql`r.currency` : sql`r.data -> ${storedKey(field)} ->> 'currency'`

const groupableTypes = new Set([
  'text',
  'select',
  'boolean',
  'user',
  'integer',
  'rating',
  'email',
  'url',
  'phone',
  'percent',
  'number',
])

/** Typed columns, read at a fraction of the cost. */
const momentColumns = new Set<string>(['starts_at', 'ends_at', 'due_at'])

function momentExpression(field: CompiledField | undefined, name: string): RawBuilder<unknown> | undefined {
  if (field?.type === 'date' || field?.type === 'datetime') {
    const { storage } = field
    const isTyped = storage.kind === 'role' && momentColumns.has(storage.column)
    return isTyped ? sql`r.${sql.ref(storage.column)}` : sql`(r.data ->> ${storedKey(field)})::timestamptz`
  }
  const column = !field && Object.hasOwn(systemMoments, name) ? systemMoments[name] : undefined
  return column ? sql`r.${sql.ref(column)}` : undefined
}

/** Of a moment on the clock of the tenant's zone, or of a date, which is a day already. */
function dateGroup(local: RawBuilder<unknown>, interval: Interval, weekStart: number): RawBuilder<unknown> {
  if (interval === 'weekday') return sql`extract(isodow from ${local})::int`
  if (interval === 'hour') return sql`extract(hour from ${local})::int`
  if (interval !== 'week' || weekStart === 1) return sql`date_trunc(${interval}, ${local})::date`
  const shift = weekStart - 1
  return sql`date_trunc('week', ${local} - make_interval(days => ${shift}::int))::date + ${shift}::int`
}
