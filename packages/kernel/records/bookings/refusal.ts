/**
 * Refuses to book somebody or something twice for the same time. It is asked of what the transaction has written, before it
 * ends: whoever books the same waits at a lock of the database until the other has come to an end, and then sees what
 * they booked. So of any number at once, at any number of servers, one succeeds.
 */
import { fieldAccess, rowCondition, scopeOf } from '../../access/index.ts'
import { type RawBuilder, type Row, sql, type Transaction } from '../../database/index.ts'
import { type FieldProblem, says, validationError } from '../../errors/index.ts'
import { type CompiledField, type CompiledObject, storedKey } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { leaveTrail } from '../reading.ts'
import { whereSeen } from '../seen.ts'
import { type Bookable, bookableOf } from './bookable.ts'

/** Nothing is booked for longer: what began earlier is not looked at. */
const longest = '31 days'

interface Noted {
  byObject: Map<string, Set<string>>
  withdraw: () => void
}

const noted = new WeakMap<Transaction, Noted>()

/** New records with {key: value}, or changed ones with {key: [before, after]}: those that book something are noted. */
export function noteBooked(
  context: RecordContext,
  object: CompiledObject,
  records: { id: string; changes: Record<string, unknown> }[],
  { isNew }: { isNew: boolean },
): void {
  const bookable = bookableOf(object)
  if (!bookable || context.unjudged) return
  const booking = records.filter(({ changes }) => isNew || booksAnew(object, bookable, changes))
  noteBookings(
    context,
    object,
    booking.map(({ id }) => id),
  )
}

/** Notes records that book what they name again: they come back, or were linked from the other side. */
export function noteBookings(context: RecordContext, object: CompiledObject, ids: string[]): void {
  if (ids.length === 0 || !bookableOf(object) || context.unjudged) return
  const known = noted.get(context.tx) ?? {
    byObject: new Map(),
    withdraw: context.tx.beforeEnd(() => refuseDoubleBookings(context)),
  }
  noted.set(context.tx, known)
  known.byObject.set(object.id, (known.byObject.get(object.id) ?? new Set()).union(new Set(ids)))
}

function booksAnew(object: CompiledObject, { keys, lost }: Bookable, changes: Record<string, unknown>): boolean {
  const stage = object.roles.stage ? changes[object.roles.stage] : undefined
  const wasCalledOff = Array.isArray(stage) && lost.includes(String(stage[0]))
  return wasCalledOff || Object.keys(changes).some((key) => keys.has(key))
}

/** What one record takes for itself from one moment to another. */
interface Held extends Row {
  record_id: string
  value: string
  began: string
  ended: string
}

/** @throws VALIDATION_ERROR which names what is booked by then, as far as the caller may see it. */
export async function refuseDoubleBookings(context: RecordContext): Promise<void> {
  const known = noted.get(context.tx)
  if (!known) return
  noted.delete(context.tx)
  known.withdraw()
  for (const [objectId, ids] of known.byObject) {
    await refuseOf(context, context.model.objectById.get(objectId)!, [...ids])
  }
}

async function refuseOf(context: RecordContext, object: CompiledObject, ids: string[]): Promise<void> {
  const { fields, ...bookable } = bookableOf(object)!
  const held = await context.tx.batch<Held>(fields.map((field) => heldStatement(context, object, bookable, field, ids)))
  const asked = fields.flatMap((field, index) => (held[index]!.length > 0 ? [{ field, held: held[index]! }] : []))
  if (asked.length === 0) return
  const [, ...answers] = await context.tx.batch<Clash>([
    lockStatement(context, asked),
    ...asked.map((one) => clashStatement(context, object, bookable, one)),
  ])
  const problems = asked.flatMap(({ field }, index) =>
    answers[index]!.map((clash) => problemOf(context, object, field, clash)),
  )
  if (problems.length > 0) throw validationError(problems)
}

type Times = Omit<Bookable, 'fields'>

const isOn = ({ lost }: Times): RawBuilder<unknown> =>
  sql`r.deleted_at is null and r.starts_at is not null and (r.stage is null or r.stage <> all(${lost}::text[]))`

function heldStatement(
  { model }: RecordContext,
  object: CompiledObject,
  times: Times,
  field: CompiledField,
  ids: string[],
): RawBuilder<unknown> {
  const value = namedBy(field)
  return sql`select r.id as record_id, named.value, r.starts_at as began, ${times.ended} as ended
    from records r cross join lateral (${value.of(model.tenantId)}) as named(value)
    where r.tenant_id = ${model.tenantId} and r.object_id = ${object.id} and r.id = any(${ids}::uuid[])
      and named.value is not null and ${isOn(times)}`
}

/** What a field of a row `r` names, as text, and whether it names this. */
function namedBy(field: CompiledField): {
  of(tenantId: string): RawBuilder<unknown>
  is(tenantId: string, value: RawBuilder<unknown>): RawBuilder<unknown>
} {
  const { storage } = field
  if (storage.kind !== 'links') {
    const stored = sql`r.data ->> ${storedKey(field)}::text`
    return { of: () => sql`select ${stored}`, is: (_, value) => sql`${stored} = ${value}` }
  }
  const links = (tenantId: string) => sql`from links l
    where l.tenant_id = ${tenantId} and l.relation_id = ${storage.relationId} and l.from_id = r.id`
  return {
    of: (tenantId) => sql`select l.to_id::text ${links(tenantId)}`,
    is: (tenantId, value) => sql`exists (select ${links(tenantId)} and l.to_id = ${value}::uuid)`,
  }
}

/** In one order for everybody, so that nobody waits for somebody who waits for them. */
function lockStatement({ model }: RecordContext, asked: { field: CompiledField; held: Held[] }[]): RawBuilder<unknown> {
  const names = asked.flatMap(({ field, held }) => held.map(({ value }) => `${model.tenantId} ${field.id} ${value}`))
  return sql`select pg_advisory_xact_lock(booked.key) from (
    select distinct hashtextextended(name, 0) as key from unnest(${names}::text[]) as name order by key offset 0) as booked`
}

interface Clash extends Row {
  /** Null where the caller does not see the record; so is all of it then. */
  id: string | null
  record_number: string | null
  title: string | null
  began: string | null
  ended: string | null
}

/** The first clash of each record. It is asked behind the lock, so that it sees what was booked before. */
function clashStatement(
  context: RecordContext,
  object: CompiledObject,
  times: Times,
  { field, held }: { field: CompiledField; held: Held[] },
): RawBuilder<unknown> {
  const { tenantId } = context.model
  return sql`select other.* from jsonb_to_recordset(${JSON.stringify(held)}::jsonb)
      as mine(record_id uuid, value text, began timestamptz, ended timestamptz)
    cross join lateral (
      select ${shownColumns(context, object, times)}
      from records r where r.tenant_id = ${tenantId} and r.object_id = ${object.id} and r.id <> mine.record_id
        and r.starts_at < mine.ended and r.starts_at > mine.began - ${longest}::interval and ${times.ended} > mine.began
        and ${isOn(times)} and ${namedBy(field).is(tenantId, sql`mine.value`)}
      order by r.starts_at, r.id limit 1) as other`
}

/** What is told of the record that is in the way: all that the caller sees of it, and nothing where they do not see it. */
function shownColumns({ policy }: RecordContext, object: CompiledObject, { ended }: Times): RawBuilder<unknown> {
  const reach = scopeOf(policy, object, 'read')
  const { title, startsAt } = object.roles
  const sees = (key: string) => fieldAccess(policy, object, key) !== 'hidden'
  const isSeen = reach ? (rowCondition(policy, reach, 'r') ?? sql`true`) : sql`false`
  const told = (value: RawBuilder<unknown>) => sql`case when ${isSeen} then ${value} end`
  const name = sees(title) ? whereSeen(policy, object, title, sql`r.title`) : sql`null::text`
  const time = (moment: RawBuilder<unknown>) =>
    sees(startsAt!) ? whereSeen(policy, object, startsAt!, moment) : sql`null::timestamptz`
  return sql`${told(sql`r.id`)} as id, ${told(sql`r.record_number`)} as record_number, ${told(name)} as title,
    ${told(time(sql`r.starts_at`))} as began, ${told(time(ended))} as ended`
}

function problemOf(context: RecordContext, object: CompiledObject, field: CompiledField, clash: Clash): FieldProblem {
  if (clash.id) leaveTrail(context, object, [clash.id])
  const { timeZone } = context.model
  const time =
    clash.began && clash.ended ? `${wallClock(clash.began, timeZone)} to ${wallClock(clash.ended, timeZone)}` : ''
  const name = [clash.title, clash.record_number && `(${clash.record_number})`].filter(Boolean).join(' ')
  const what = [time, name].filter(Boolean).join(', ')
  return { field: field.key, ...(what ? says('bookedBy', { what }) : says('booked')) }
}

const wallClock = (moment: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(moment))
