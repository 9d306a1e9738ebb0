/** The tenant's turn: a change of metadata has it alone, and all who write records hold it together. */
import { setTimeout } from 'node:timers/promises'
import { type RawBuilder, sql, type Transaction } from '../database/index.ts'
import type { TenantModel } from './model.ts'

const turnOf = (tenantId: string) => sql`hashtextextended(${tenantId}::uuid::text, 0)`

/**
 * What whoever writes records sends ahead in the same round trip: until the transaction ends nobody changes the metadata
 * that the records are made by, and if somebody has, `StaleModel` is raised before anything is written.
 */
export const holdModel = ({ tenantId, version }: Pick<TenantModel, 'tenantId' | 'version'>): RawBuilder<unknown>[] => [
  sql`select pg_advisory_xact_lock_shared(${turnOf(tenantId)})`,
  sql`select bind_tenant(${tenantId}, ${version})`,
]

/** How long a change stands in line for the turn at a time: whoever comes to write meanwhile stands behind it. */
const standingMs = 50
/** How long it lets the others go on in between. */
const asideMs = 50
/** Where writers are never through for so long, it stands in line until its turn comes. */
const mostAttempts = 40
/** As PostgreSQL's `lock_timeout`. */
const noLimit = 0
/** PostgreSQL's “lock not available”. */
const lockTimeout = '55P03'

/**
 * Waits until nobody writes records of the tenant, and holds the turn until the transaction ends. One who writes may take
 * long, such as a batch of a job: the others do not wait for it behind the change, which steps aside for them meanwhile.
 *
 * @param first what is done as soon as the turn is taken, in the same round trip.
 */
export async function takeTurn(tx: Transaction, tenantId: string, first: RawBuilder<unknown>[]): Promise<void> {
  const atMost = (ms: number) => sql`select set_config('lock_timeout', ${String(ms)}, true)`
  const turn = sql`select pg_advisory_xact_lock(${turnOf(tenantId)})`
  for (let attempt = 1; ; attempt++) {
    const longest = attempt < mostAttempts ? standingMs : noLimit
    const line = [sql`savepoint line`, atMost(longest), turn, atMost(noLimit), sql`release savepoint line`]
    if (await isTaken(tx, [...line, ...first])) return
    await setTimeout(asideMs)
  }
}

/** Whether the turn came in time; if it did not, the transaction is where it was before. */
async function isTaken(tx: Transaction, statements: RawBuilder<unknown>[]): Promise<boolean> {
  try {
    await tx.batch(statements)
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== lockTimeout) throw error
    await tx.query(sql`rollback to savepoint line`)
    return false
  }
}
