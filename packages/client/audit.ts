import type { LogEntry, Operations } from './generated.ts'
import type { Http, NamedFile } from './http.ts'
import type { Cursor } from './types.ts'

export type { LogEntry } from './generated.ts'

/** Which entries: several operations are separated by commas, days are those of the workspace's zone. */
export type LogFilter = Operations['audit.export']['query']
export type RecordLogFilter = Omit<LogFilter, 'object' | 'record'>
/** Something that entries can be about. */
export type LoggedOperation = Operations['audit.operations']['data'][number]

interface Stretch {
  /** Of the stretch before; empty to start. */
  cursor?: string
  limit?: number
}

/** Who did what to which records, for those who hold the right to read the log. */
export function auditMethods({ request, envelope, file }: Http) {
  async function stretch(path: string, filter: LogFilter, { cursor, limit }: Stretch): Promise<Cursor<LogEntry>> {
    const query = { ...filter, limit, cursor: cursor || undefined }
    const { data, pagination } = await envelope<LogEntry[]>('GET', path, { query })
    return { items: data, ...(pagination as Omit<Cursor<LogEntry>, 'items'>) }
  }

  return {
    /** The latest first. */
    list: (filter: LogFilter, from: Stretch = {}) => stretch('/audit', filter, from),
    /** What was done with one record, also one in the trash. */
    ofRecord: (object: string, id: string, filter: RecordLogFilter, from: Stretch = {}) =>
      stretch(`/${object}/${id}/accesses`, filter, from),
    operations: () => request<LoggedOperation[]>('GET', '/audit/operations'),
    /** All entries that fit, as CSV. */
    download: (filter: LogFilter): Promise<NamedFile> => file('GET', '/audit/export', { query: filter }),
  }
}
