import type { LogEntry } from '@oneforge/client'

/** What one person did without a longer break: opening a page alone leaves a dozen entries. */
export interface Visit {
  /** The latest of them. */
  last: LogEntry
  first: LogEntry
  count: number
  /** One of each operation, in the order in which they were first done. */
  operations: LogEntry[]
  failures: LogEntry[]
}

const longestBreak = 5 * 60_000

/** Entries of a record, the latest first, as visits of the same person from the same place. */
export function visitsOf(entries: LogEntry[]): Visit[] {
  const visits: Visit[] = []
  for (const entry of entries) {
    const visit = visits.at(-1)
    if (visit && belongsTo(visit, entry)) add(visit, entry)
    else visits.push({ last: entry, first: entry, count: 1, operations: [entry], failures: failureOf(entry) })
  }
  return visits
}

function belongsTo({ first }: Visit, entry: LogEntry): boolean {
  const isSame =
    entry.actor?.id === first.actor?.id &&
    entry.actedBy === first.actedBy &&
    entry.viewedAs?.id === first.viewedAs?.id &&
    entry.keyId === first.keyId &&
    entry.ip === first.ip
  return isSame && Date.parse(first.at) - Date.parse(entry.at) <= longestBreak
}

function add(visit: Visit, entry: LogEntry): void {
  visit.first = entry
  visit.count += 1
  visit.operations = [entry, ...visit.operations.filter(({ operation }) => operation !== entry.operation)]
  visit.failures.push(...failureOf(entry))
}

const failureOf = (entry: LogEntry): LogEntry[] => (entry.outcome === 'failed' ? [entry] : [])
