/** Looks for the greatest number that already reads like a pattern, period by period and location by location. */
import { plannedForValues, type RawBuilder, type Row, sql } from '../../database/index.ts'
import {
  aroundCounter,
  type CompiledNumbering,
  type CompiledObject,
  numbersLike,
  scopeOfNumber,
} from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import type { Greatest } from './number-looks.ts'
import type { NumberSequence } from './numbers.ts'

type Reader = Pick<RecordContext, 'tx' | 'model'>

/** What the number shows beside its counter, and the counter. */
interface FoundNumber {
  place: string[]
  counter: string
}

/**
 * The greatest counters among the numbers of an object that its pattern could have made.
 *
 * @param since a time as PostgreSQL writes it: only numbers that were given after it are looked at.
 */
export async function greatestNumbers(
  reader: Reader,
  object: CompiledObject,
  { field, numbering }: NumberSequence,
  since?: string,
): Promise<Greatest> {
  const number = field === undefined ? sql`r.record_number` : sql`r.data ->> ${field}::text`
  // The number of a record never changes; the value of a field may come back from the history.
  const given = field === undefined ? sql`r.created_at` : sql`r.updated_at`
  const alike = sql`select ${number} as number from records r where r.tenant_id = ${reader.model.tenantId}
    and r.object_id = ${object.id} and ${number} like ${numbersLike(numbering).shape}
    ${since === undefined ? sql`` : sql`and ${given} >= ${since}::timestamptz`} offset 0`
  return (await greatestByText(reader, numbering, alike)) ?? (await greatestByCounter(reader, numbering, alike))
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
  { tx }: Reader,
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
  { tx }: Reader,
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
