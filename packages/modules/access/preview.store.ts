/** Counts what a change of rights would do, with the conditions that lists are limited by. */
import { type AccessPolicy, rowCondition, scopeOf } from '@oneforge/kernel/access'
import { compile, type RawBuilder, type SqlBool, sql, type Transaction } from '@oneforge/kernel/database'
import type { CompiledObject, ObjectAction } from '@oneforge/kernel/metadata'

/** Counting stops here: beyond it a number says no more than "many". */
export const countCap = 10_000

type Condition = RawBuilder<SqlBool>

/** Records of the object that the policy lets its holder act on. */
function reached(policy: AccessPolicy, object: CompiledObject, action: ObjectAction): Condition {
  const reach = scopeOf(policy, object, action)
  if (!reach) return sql<SqlBool>`false`
  return rowCondition(policy, reach, 'r') ?? sql<SqlBool>`true`
}

/** Counts records between two policies; the same question is asked once, whoever it concerns. */
export class DifferenceCounter {
  private readonly tx: Transaction
  private readonly tenantId: string
  private readonly known = new Map<string, Promise<number>>()

  constructor(tx: Transaction, tenantId: string) {
    this.tx = tx
    this.tenantId = tenantId
  }

  /** Living records that `more` reaches and `less` does not, up to one beyond the cap. */
  async reachedOnlyBy(
    more: AccessPolicy,
    less: AccessPolicy,
    object: CompiledObject,
    action: ObjectAction,
  ): Promise<number> {
    const [wider, narrower] = [reached(more, object, action), reached(less, object, action)]
    if (textOf(wider) === textOf(narrower)) return 0
    const statement = sql<{ count: number }>`select count(*) as count from (
      select from records r where r.tenant_id = ${this.tenantId} and r.object_id = ${object.id} and r.deleted_at is null
        and ${wider} and (${narrower}) is not true limit ${countCap + 1}) as found`
    const key = textOf(statement)
    const count = this.known.get(key) ?? this.tx.query<{ count: number }>(statement).then(([row]) => row!.count)
    this.known.set(key, count)
    return count
  }
}

/** What makes two conditions the same. A relative date is worked out to the moment, and may count twice. */
const textOf = (query: RawBuilder<unknown>): string => {
  const { text, values } = compile(query)
  return JSON.stringify([text, values])
}
