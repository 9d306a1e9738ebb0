/** Sets the counters of an object after the patterns of its numbers have changed: numbers that are there are not given again. */
import { plannedForValues, type RawBuilder, type Row, sql } from '../../database/index.ts'
import {
  aroundCounter,
  type CompiledNumbering,
  type CompiledObject,
  numbersLike,
  scopeOfNumber,
} from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { numberSequences } from './numbers.ts'

/**
 * Continues each sequence after the greatest number that already looks like its pattern, period by period and location by
 * location. The caller holds the tenant's turn, so all who write wait meanwhile.
 *
 * @param isMeant says of a field's key, or of undefined for the record's own number, whether its pattern has changed.
 */
export async function continueNumbers(
  context: RecordContext,
  object: CompiledObject,
  isMeant: (field: string | undefined) => boolean,
): Promise<void> {
  for (const { sequence, field, numbering } of numberSequences(object)) {
    if (!isMeant(field)) continue
    const number = field === undefined ? sql`r.record_number` : sql`r.data ->> ${field}::text`
    const alike = sql`select ${number} as number from records r where r.tenant_id = ${context.model.tenantId}
      and r.object_id = ${object.id} and ${number} like ${numbersLike(numbering).shape} offset 0`
    const found =
      (await greatestByText(context, numbering, alike)) ?? (await greatestByCounter(context, numbering, alike))
    for (const [scope, last] of found) await raise(context, object, sequence, scope, last)
  }
}

/** The greatest counter in each scope. */
type Greatest = Map<string, bigint>

/** What the number shows beside its counter, and the counter. */
interface FoundNumber {
  place: string[]
  counter: string
}

function greatestOf(numbering: CompiledNumbering, found: FoundNumber[]): Greatest {
  const names = numbersLike(numbering).groups.filter((name) => name !== 'counter')
  const greatest: Greatest = new Map()
  for (const { place, counter } of found) {
    const scope = scopeOfNumber(numbering, Object.fromEntries(names.map((name, index) => [name, place[index]!])))
    const known = greatest.get(scope) ?? 0n
    greatest.set(scope, BigInt(counter) > known ? BigInt(counter) : known)
  }
  return greatest
}

/**
 * Compares numbers as texts, a tenth of the work of taking them apart. Undefined where that does not tell: where the
 * counter has no fixed place, and where a greatest text only looks like a number of the pattern.
 */
async function greatestByText(
  { tx }: RecordContext,
  numbering: CompiledNumbering,
  alike: RawBuilder<unknown>,
): Promise<Greatest | undefined> {
  const around = aroundCounter(numbering)
  if (!around) return undefined
  const rows = await tx.query<Row & { last: string }>(
    plannedForValues(sql`select max(number collate "C") as last from (${alike}) as r
      group by length(number), left(number, ${around.before}), right(number, ${around.after})`),
  )
  const { expression, groups } = numbersLike(numbering)
  const found = rows.map(({ last }) => new RegExp(expression).exec(last)?.slice(1))
  if (found.some((parts) => parts === undefined)) return undefined
  const at = groups.indexOf('counter')
  return greatestOf(
    numbering,
    found.map((parts) => ({ place: parts!.toSpliced(at, 1), counter: parts![at]! })),
  )
}

/** Takes each number apart. As many rows come back as there are periods and locations, however many numbers. */
async function greatestByCounter(
  { tx }: RecordContext,
  numbering: CompiledNumbering,
  alike: RawBuilder<unknown>,
): Promise<Greatest> {
  const { expression, groups } = numbersLike(numbering)
  const part = (name: string) => sql`parts[${groups.indexOf(name) + 1}]`
  const names = groups.filter((name) => name !== 'counter')
  const rows = await tx.query<Row & FoundNumber>(
    plannedForValues(sql`select array[${sql.join(names.map(part), sql`, `)}]::text[] as place,
      max(${part('counter')}::bigint)::text as counter
    from (${alike}) as r, regexp_match(r.number, ${expression}) as parts where parts is not null group by 1`),
  )
  return greatestOf(numbering, rows)
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
