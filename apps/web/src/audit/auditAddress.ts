/**
 * The filters of the audit log stand in the address, under the names that the API gives them:
 * `?user=…&operation=records.get,records.update&from=2026-11-01&to=2026-11-21`.
 */
import type { LogFilter } from '@oneforge/client'

const names = ['user', 'operation', 'object', 'outcome', 'from', 'to', 'record', 'requestId'] as const
export type LogFilterName = (typeof names)[number]

/** Undefined takes a filter away. */
export type LogFilterChange = { [Name in LogFilterName]?: string | undefined }

/** What the address asks for; what the server would not understand is left out. */
export function readLogFilter(params: URLSearchParams): LogFilter {
  const filter: LogFilterChange = {}
  for (const name of names) {
    const value = params.get(name)
    if (value && (name !== 'outcome' || value === 'done' || value === 'failed')) filter[name] = value
  }
  return filter as LogFilter
}

export function writeLogFilter(params: URLSearchParams, change: LogFilterChange): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  return next
}

export const isFiltered = (filter: object): boolean => Object.keys(filter).length > 0

/** Ids of records carry the time they were made (version 7); those of requests are random or what a caller chose. */
const recordId = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/gi

/** What was pasted into the search: the link or id of a record, or the id of a request. */
export function readSearch(text: string): { record: string | undefined; requestId: string | undefined } {
  const record = text.match(recordId)?.at(-1)?.toLowerCase()
  return { record, requestId: record ? undefined : text.trim() || undefined }
}
