/** Asks the database which grants speak of a record, with the very conditions that lists are limited by. */
import { type AccessPolicy, grantCondition, type Reach, type RowGrant } from '@oneforge/kernel/access'
import { type Row, sql } from '@oneforge/kernel/database'
import type { OperationContext } from '@oneforge/kernel/operations'

export async function matchingGrants(
  { tx, model }: OperationContext,
  policy: AccessPolicy,
  recordId: string,
  reaches: Reach[],
): Promise<Set<RowGrant>> {
  const asked = reaches.flatMap((reach) => [...reach.granted, ...reach.denied].map((grant) => ({ reach, grant })))
  if (asked.length === 0) return new Set()
  const columns = asked.map(
    ({ reach, grant }, index) =>
      sql`coalesce(${grantCondition(policy, reach, grant, 'r')}, false) as ${sql.ref(`g${index}`)}`,
  )
  const [row] = await tx.query<Row>(sql`select ${sql.join(columns)} from records r
    where r.tenant_id = ${model.tenantId} and r.id = ${recordId}`)
  return new Set(asked.filter((_, index) => row?.[`g${index}`]).map(({ grant }) => grant))
}
