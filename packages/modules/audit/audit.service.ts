/** The log of operations as people ask for it and read it. */
import { validationError } from '@oneforge/kernel/errors'
import { inLocale } from '@oneforge/kernel/metadata'
import { type OperationContext, PagedList } from '@oneforge/kernel/operations'
import { csvStream, type ExportRows } from '@oneforge/modules/exports'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { findEntries, type LogFilter, type LogPlace, type LogRow } from './audit.store.ts'

/** Dates are days of the workspace's zone, the last one included. */
export interface LogQuery extends Omit<LogFilter, 'from' | 'before' | 'operations'> {
  operation?: string[]
  from?: string
  to?: string
}

/** What operations are called, by name. */
export type Summaries = Map<string, string>

export async function listEntries(
  context: OperationContext,
  summaries: Summaries,
  query: LogQuery,
  page: { limit: number; cursor?: string },
): Promise<PagedList> {
  const after = page.cursor ? placeOf(page.cursor) : undefined
  const filter = filterOf(context, query)
  const rows = await findEntries(context.tx, context.model.tenantId, filter, { limit: page.limit + 1, after })
  const shown = rows.slice(0, page.limit)
  const nextCursor = rows.length > page.limit ? cursorAt(shown.at(-1)!) : null
  return new PagedList(
    shown.map((row) => present(context, summaries, row)),
    { limit: page.limit, nextCursor, hasNext: nextCursor !== null },
  )
}

const cursorAt = ({ moment, id }: LogRow): string =>
  Buffer.from(JSON.stringify({ at: moment, id })).toString('base64url')

const place = z.object({ at: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/), id: z.uuid() })

function placeOf(cursor: string): LogPlace {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw validationError([{ field: 'cursor', message: 'does not belong to this list; start again without it' }])
  }
}

function filterOf({ model }: OperationContext, { operation, from, to, ...rest }: LogQuery): LogFilter {
  return {
    ...rest,
    operations: operation,
    from: from && startOf(from, model.timeZone, 'from').toString(),
    before: to && endOf(to, model.timeZone).toString(),
  }
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text)

function startOf(text: string, timeZone: string, field: string): Temporal.Instant {
  try {
    if (!isDay(text)) return Temporal.Instant.from(text)
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toZonedDateTime(timeZone).toInstant()
  } catch {
    throw validationError([
      { field, message: 'must be a date such as 2026-11-21 or a moment such as 2026-11-21T08:00:00Z' },
    ])
  }
}

/** The first moment that is not meant any more. */
function endOf(text: string, timeZone: string): Temporal.Instant {
  const start = startOf(text, timeZone, 'to')
  return isDay(text) ? start.toZonedDateTimeISO(timeZone).add({ days: 1 }).toInstant() : start
}

function present({ model, locale }: OperationContext, summaries: Summaries, row: LogRow): object {
  const object = row.object === null ? undefined : model.object.get(row.object)
  return {
    id: row.id,
    at: momentOf(row),
    actor: row.actorId && { id: row.actorId, name: row.actorName },
    actorKind: row.actorKind,
    actedBy: row.actedBy,
    account: row.accountId && { id: row.accountId, name: row.accountName },
    viewedAs: row.viewedAsId && { id: row.viewedAsId, name: row.viewedAsName },
    keyId: row.keyId,
    kind: row.kind,
    operation: row.operation,
    summary: summaries.get(row.operation) ?? row.operation,
    object: row.object && { slug: row.object, label: object ? inLocale(object.labelPlural, locale) : row.object },
    recordIds: row.recordIds,
    recordCount: row.recordCount,
    outcome: row.outcome,
    errorCode: row.errorCode,
    durationMs: row.durationMs,
    ip: row.ip,
    userAgent: row.userAgent,
    requestId: row.requestId,
    source: row.source,
  }
}

const momentOf = ({ moment }: LogRow): string => new Date(`${moment.replace(' ', 'T')}:00`).toISOString()

const columns: [name: string, cell: (row: LogRow) => string | number | null][] = [
  ['at', momentOf],
  ['actor_id', (row) => row.actorId],
  ['actor', (row) => row.actorName ?? row.actedBy],
  ['viewed_as', (row) => row.viewedAsName],
  ['key_id', (row) => row.keyId],
  ['kind', (row) => row.kind],
  ['operation', (row) => row.operation],
  ['object', (row) => row.object],
  ['record_ids', (row) => row.recordIds.join(' ')],
  ['record_count', (row) => row.recordCount],
  ['outcome', (row) => row.outcome],
  ['error_code', (row) => row.errorCode],
  ['duration_ms', (row) => row.durationMs],
  ['ip', (row) => row.ip],
  ['user_agent', (row) => row.userAgent],
  ['request_id', (row) => row.requestId],
  ['source', (row) => row.source],
]

const exportPage = 1_000

/** All entries that fit, the newest first; each page is read in a transaction of its own. */
export function exportEntries(context: OperationContext, query: LogQuery): ReadableStream<Uint8Array> {
  const filter = filterOf(context, query)
  return csvStream({ header: columns.map(([name]) => name), cells: cellsOf(context, filter) })
}

async function* cellsOf({ database, model }: OperationContext, filter: LogFilter): ExportRows['cells'] {
  let after: LogPlace | undefined
  do {
    const rows = await database.transaction({ tenantId: model.tenantId }, (tx) =>
      findEntries(tx, model.tenantId, filter, { limit: exportPage, after }),
    )
    for (const row of rows) yield columns.map(([, cell]) => cell(row))
    const last = rows.length === exportPage ? rows.at(-1)! : undefined
    after = last && { at: last.moment, id: last.id }
  } while (after)
}
