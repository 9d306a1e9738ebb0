/** Sets the counters of an object after the patterns of its numbers have changed: numbers that are there are not given again. */
import { type Row, sql } from '../../database/index.ts'
import { type CompiledObject, numbersLike, scopeOfNumber } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { numberSequences } from './numbers.ts'

interface FoundNumbers extends Row {
  /** What the numbers show beside their counter. */
  place: string[]
  last: string
}

/**
 * Continues each sequence after the greatest number that already looks like its pattern, period by period and location by
 * location. The caller holds the tenant's turn.
 *
 * @param isMeant says of a field's key, or of undefined for the record's own number, whether its pattern has changed.
 */
export async function continueNumbers(
  context: RecordContext,
  object: CompiledObject,
  isMeant: (field: string | undefined) => boolean,
): Promise<void> {
  const { tenantId } = context.model
  for (const { sequence, field, numbering } of numberSequences(object)) {
    if (!isMeant(field)) continue
    const { expression, groups } = numbersLike(numbering)
    const number = field === undefined ? sql`r.record_number` : sql`r.data ->> ${field}::text`
    const part = (name: string) => sql`parts[${groups.indexOf(name) + 1}]`
    const names = groups.filter((name) => name !== 'counter')
    // Grouped without the counter: as many rows come back as there are periods and locations, however many numbers.
    const found =
      await context.tx.query<FoundNumbers>(sql`select array[${sql.join(names.map(part), sql`, `)}]::text[] as place,
        max(${part('counter')}::bigint)::text as last
      from records r, regexp_match(${number}, ${expression}) as parts
      where r.tenant_id = ${tenantId} and r.object_id = ${object.id} and parts is not null group by 1`)
    for (const { place, last } of found) {
      const scope = scopeOfNumber(numbering, Object.fromEntries(names.map((name, index) => [name, place[index]!])))
      await raise(context, object, sequence, scope, last)
    }
  }
}

async function raise(
  { tx, model }: RecordContext,
  object: CompiledObject,
  sequence: string,
  scope: string,
  last: string,
): Promise<void> {
  if (sequence === '' && scope === '') {
    await tx.query(sql`update record_counters set last_number = greatest(last_number, ${last}::bigint)
      where tenant_id = ${model.tenantId} and object_id = ${object.id}`)
    return
  }
  await tx.query(sql`insert into number_counters (tenant_id, object_id, sequence, scope, last_number)
    values (${model.tenantId}, ${object.id}, ${sequence}, ${scope}, ${last}::bigint)
    on conflict (tenant_id, object_id, sequence, scope)
      do update set last_number = greatest(number_counters.last_number, excluded.last_number)`)
}
