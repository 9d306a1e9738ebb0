/**
 * Sets the counters of an object after the patterns of its numbers have changed: numbers that are there are not given
 * again. Where they are many, they are looked at before the tenant's turn is taken, while others go on to write; within
 * the turn only those are that were given since.
 */
import { plannedForValues, type Row, sql } from '../../database/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { greatestNumbers } from './number-greatest.ts'
import { NumbersUnseen, type Seen } from './number-looks.ts'
import { type NumberSequence, numberSequences } from './numbers.ts'

/** Objects that never had more records than this are looked at within the turn, for a few milliseconds. */
const mostInTurn = 2_000
/** Transactions that give numbers are shorter, as a rule; where one was not, the count of older numbers tells. */
const longestWrite = sql`interval '10 seconds'`

/**
 * Continues each sequence after the greatest number that already looks like its pattern, period by period and location by
 * location. The caller holds the tenant's turn, so all who write wait meanwhile.
 *
 * @param isMeant says of a field's key, or of undefined for the record's own number, whether its pattern has changed.
 * @throws NumbersUnseen where there are very many, and the caller can run the change again (`numbersSeen`).
 */
export async function continueNumbers(
  context: RecordContext,
  object: CompiledObject,
  isMeant: (field: string | undefined) => boolean,
): Promise<void> {
  const meant = numberSequences(object).filter(({ field }) => isMeant(field))
  await requireSeen(context, object, meant)
  const found: { sequence: string; scope: string; last: bigint }[] = []
  for (const one of meant) {
    for (const [scope, last] of await greatestNow(context, object, one)) {
      found.push({ sequence: one.sequence, scope, last })
    }
  }
  for (const { sequence, scope, last } of found) await raise(context, object, sequence, scope, last)
}

const nameOf = (object: CompiledObject, { sequence, numbering }: NumberSequence): string =>
  JSON.stringify([object.id, sequence, numbering])

async function requireSeen(
  { tx, model, numbersSeen }: RecordContext,
  object: CompiledObject,
  sequences: NumberSequence[],
): Promise<void> {
  const unseen = sequences.filter((one) => !numbersSeen?.has(nameOf(object, one)))
  if (!numbersSeen || unseen.length === 0 || !(await hasMany({ tx, model }, object))) return
  throw new NumbersUnseen(async (outside) => {
    for (const one of unseen)
      numbersSeen.set(nameOf(object, one), await lookBefore({ tx: outside, model }, object, one))
  })
}

async function hasMany({ tx, model }: Pick<RecordContext, 'tx' | 'model'>, object: CompiledObject): Promise<boolean> {
  const rows = await tx.query(sql`select 1 as one from record_counters
    where tenant_id = ${model.tenantId} and object_id = ${object.id} and last_number > ${mostInTurn}`)
  return rows.length > 0
}

/** Counts first and looks then: a number that is given in between is counted as new, and looked at once more. */
async function lookBefore(
  reader: Pick<RecordContext, 'tx' | 'model'>,
  object: CompiledObject,
  sequence: NumberSequence,
): Promise<Seen> {
  const [before] = await reader.tx.query<Row & { since: string }>(sql`select (now() - ${longestWrite})::text as since`)
  const { since } = before!
  const older = await countOlder(reader, object, since)
  return { since, older, greatest: await greatestNumbers(reader, object, sequence) }
}

/**
 * How many records were given their numbers before that time. The counter of the object moves on with each record, in its
 * transaction, so this only grows by records that were begun before that time and committed since.
 */
async function countOlder(
  { tx, model }: Pick<RecordContext, 'tx' | 'model'>,
  object: CompiledObject,
  since: string,
): Promise<number> {
  const [row] = await tx.query<Row & { older: number }>(
    plannedForValues(sql`select c.last_number - (select count(*) from records r
      where r.tenant_id = ${model.tenantId} and r.object_id = ${object.id} and r.created_at >= ${since}::timestamptz) as older
    from record_counters c where c.tenant_id = ${model.tenantId} and c.object_id = ${object.id}`),
  )
  return row!.older
}

/** Within the turn: what was seen before, and what came since; all of it where that look may have missed something. */
async function greatestNow(
  context: RecordContext,
  object: CompiledObject,
  one: NumberSequence,
): Promise<Iterable<[scope: string, last: bigint]>> {
  const seen = context.numbersSeen?.get(nameOf(object, one))
  // The job that numbers older records writes down no time.
  const isBeingFilled = one.field !== undefined && object.field.get(one.field)?.derivedBy !== undefined
  if (!seen || isBeingFilled || (await countOlder(context, object, seen.since)) !== seen.older) {
    return greatestNumbers(context, object, one)
  }
  return [...seen.greatest, ...(await greatestNumbers(context, object, one, seen.since))]
}

async function raise(
  { tx, model }: RecordContext,
  object: CompiledObject,
  sequence: string,
  scope: string,
  last: bigint,
): Promise<void> {
  if (sequence === '' && scope === '') {
    await tx.query(sql`update record_counters set last_number = greatest(last_number, ${String(last)}::bigint)
      where tenant_id = ${model.tenantId} and object_id = ${object.id}`)
    return
  }
  await tx.query(sql`insert into number_counters (tenant_id, object_id, sequence, scope, last_number)
    values (${model.tenantId}, ${object.id}, ${sequence}, ${scope}, ${String(last)}::bigint)
    on conflict (tenant_id, object_id, sequence, scope)
      do update set last_number = greatest(number_counters.last_number, excluded.last_number)`)
}
