/** One entry of the log of operations, as SQL. */
import { newId, type RawBuilder, sql } from '../database/index.ts'
import type { RequestFacts } from '../tenancy/index.ts'

export type Outcome = { outcome: 'done' } | { outcome: 'failed'; errorCode: string }

export type Entry = Outcome & {
  tenantId: string
  actorId: string | null
  actorKind: 'user' | 'stranger' | 'workflow'
  /** What acts by itself, as it is called. */
  actedBy?: string | undefined
  viewedAs: string | null
  keyId: string | null
  kind: 'command' | 'query'
  operation: string
  object: string | null
  recordIds: string[]
  recordCount: number
  durationMs: number
  facts: Pick<RequestFacts, 'ip' | 'userAgent' | 'requestId' | 'source'>
}

/** As many as a bulk operation may name. Of a larger export only the number is kept. */
export const maxRecordIds = 1_000
const maxUserAgent = 300

/** Where the ids of the records come from, if not from the entry: rows of a part of the same statement. */
interface Carrier {
  from: 'answer'
  /** Whether it is a failure that there are no rows. */
  one?: boolean
  /** How many of the rows are shown; all unless said. */
  most?: number
}

/** Adds the entry. What the database spends on the statement itself is added to the duration. */
export function entryInsert(entry: Entry, carrier?: Carrier): RawBuilder<unknown> {
  const { facts } = entry
  return sql`insert into operation_log (tenant_id, id, actor_id, actor_kind, acted_by, viewed_as, key_id, kind, operation, object,
      record_ids, record_count, outcome, error_code, duration_ms, ip, user_agent, request_id, source)
    select ${entry.tenantId}::uuid, ${newId()}::uuid, ${entry.actorId}::uuid, ${entry.actorKind}, ${entry.actedBy ?? null}, ${entry.viewedAs}::uuid,
      ${entry.keyId}::uuid, ${entry.kind}, ${entry.operation}, ${entry.object}, ${carrier ? carriedRecords(carrier, entry) : ownRecords(entry)},
      ${entry.durationMs}::int + (extract(epoch from clock_timestamp() - statement_timestamp()) * 1000)::int,
      ${facts.ip}, ${facts.userAgent?.slice(0, maxUserAgent) ?? null}, ${facts.requestId}, ${facts.source}`
}

function ownRecords(entry: Entry): RawBuilder<unknown> {
  const errorCode = entry.outcome === 'failed' ? entry.errorCode : null
  return sql`${entry.recordIds}::uuid[], ${entry.recordCount}::int, ${entry.outcome}, ${errorCode}`
}

function carriedRecords(
  { from, one = false, most = maxRecordIds }: Carrier,
  { recordIds, recordCount }: Entry,
): RawBuilder<unknown> {
  const rows = sql.ref(from)
  const isMissing = one ? sql`not exists (select from ${rows})` : sql`false`
  return sql`${recordIds}::uuid[] || array(select id from ${rows} limit ${most}::int),
      ${recordCount}::int + (select least(count(*), ${most}::int)::int from ${rows}),
      case when ${isMissing} then 'failed' else 'done' end, case when ${isMissing} then 'NOT_FOUND' end`
}
