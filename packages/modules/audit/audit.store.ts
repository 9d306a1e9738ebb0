/** The log of operations as it lies in the database. */
import { allOf, type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'

export interface LogFilter {
  user?: string
  operations?: string[]
  kind?: 'command' | 'query'
  object?: string
  record?: string
  outcome?: 'done' | 'failed'
  requestId?: string
  /** Moments: from, and before. */
  from?: string
  before?: string
}

/** Where a page ends: the entries after it are older. */
export interface LogPlace {
  at: string
  id: string
}

export interface LogRow extends Row {
  id: string
  /** To the microsecond, as the cursor needs it. */
  moment: string
  actorId: string | null
  actorName: string | null
  actorKind: string
  actedBy: string | null
  accountId: string | null
  accountName: string | null
  viewedAsId: string | null
  viewedAsName: string | null
  keyId: string | null
  kind: 'command' | 'query'
  operation: string
  object: string | null
  recordIds: string[]
  recordCount: number
  outcome: 'done' | 'failed'
  errorCode: string | null
  durationMs: number
  ip: string | null
  userAgent: string | null
  requestId: string
  source: string
}

/** Ids shown of one entry. */
const shownIds = 50

/** The newest first. */
export async function findEntries(
  tx: Transaction,
  tenantId: string,
  filter: LogFilter,
  page: { limit: number; after?: LogPlace },
): Promise<LogRow[]> {
  const conditions = conditionsOf(tenantId, filter)
  if (page.after) conditions.push(sql`(o.at, o.id) < (${page.after.at}::timestamptz, ${page.after.id}::uuid)`)
  const { record } = filter
  const from = record
    ? sql`operations_on_record(${record}) f join operation_log o on o.tenant_id = ${tenantId} and o.at = f.at and o.id = f.id`
    : sql`operation_log o`
  return tx.query<LogRow>(sql`select o.id, o.at::text as moment, o.actor_id as "actorId", a.name as "actorName",
      o.actor_kind as "actorKind", o.acted_by as "actedBy", s.id as "accountId", s.name as "accountName", o.viewed_as as "viewedAsId", v.name as "viewedAsName", o.key_id as "keyId", o.kind,
      o.operation, o.object, o.record_ids[1:${sql.raw(String(shownIds))}] as "recordIds", o.record_count as "recordCount",
      o.outcome, o.error_code as "errorCode", o.duration_ms as "durationMs", o.ip, o.user_agent as "userAgent",
      o.request_id as "requestId", o.source
    from ${from} left join users a on a.id = o.actor_id left join users v on v.id = o.viewed_as
      left join users s on o.actor_kind = 'stranger' and s.id = o.record_ids[1]
    where ${allOf(conditions)} order by o.at desc, o.id desc limit ${page.limit}`)
}

function conditionsOf(tenantId: string, filter: LogFilter): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [sql`o.tenant_id = ${tenantId}`]
  if (filter.user) conditions.push(sql`o.actor_id = ${filter.user}`)
  if (filter.operations) conditions.push(sql`o.operation = any(${filter.operations}::text[])`)
  if (filter.kind) conditions.push(sql`o.kind = ${filter.kind}`)
  if (filter.object) conditions.push(sql`o.object = ${filter.object}`)
  if (filter.outcome) conditions.push(sql`o.outcome = ${filter.outcome}`)
  if (filter.requestId) conditions.push(sql`o.request_id = ${filter.requestId}`)
  if (filter.from) conditions.push(sql`o.at >= ${filter.from}::timestamptz`)
  if (filter.before) conditions.push(sql`o.at < ${filter.before}::timestamptz`)
  return conditions
}

/** Whether there is such a record, in the trash as well. */
export async function isRecord(tx: Transaction, tenantId: string, objectId: string, id: string): Promise<boolean> {
  const found = await tx.query(sql`select from records
    where tenant_id = ${tenantId} and object_id = ${objectId} and id = ${id}`)
  return found.length === 1
}
