import type { ErrorDetail } from './errors.ts'
import type { Http, RequestOptions } from './http.ts'
import { ifMatch } from './if-match.ts'
import type {
  Activity,
  AggregateInput,
  BroughtBack,
  BulkResult,
  CellChange,
  CellsResult,
  Cursor,
  EarlierState,
  Findings,
  GraphQuery,
  HistoryEntry,
  LinkChange,
  LinkedRecord,
  LinkQuery,
  ListQuery,
  Page,
  RecordData,
  RecordGraph,
  RecordVersion,
  SearchHit,
} from './types.ts'

type Values = Record<string, unknown>
interface ListOptions extends Abortable {
  /** Also what belongs to other locations than the one switched to. */
  everywhere?: boolean
}
interface Abortable {
  signal?: AbortSignal | undefined
}

/** Records of any object. `version` sent with a write refuses it (CONFLICT) when somebody else saved in between. */
export function recordMethods(http: Http) {
  const { request } = http

  async function cursorList<T>(method: string, path: string, options: RequestOptions): Promise<Cursor<T>> {
    const { data, pagination } = await http.envelope<T[]>(method, path, options)
    const { nextCursor = null } = (pagination ?? {}) as { nextCursor?: string | null }
    return { items: data, nextCursor, hasNext: nextCursor !== null }
  }

  async function numberedPage<T>(method: string, path: string, options: RequestOptions): Promise<Page<T>> {
    const { data, pagination } = await http.envelope<T[]>(method, path, options)
    return { items: data, ...(pagination as Omit<Page<T>, 'items'>) }
  }

  return {
    /** One stretch of a list, for tables that scroll on; an empty cursor starts. */
    list: (object: string, query: ListQuery, cursor = '', options: ListOptions = {}) =>
      cursorList<RecordData>('POST', `/${object}/query`, { body: { ...withoutEmpty(query), cursor }, ...options }),

    /** One numbered page with its total. */
    page: (object: string, query: ListQuery, page = 1, { signal }: Abortable = {}) =>
      numberedPage<RecordData>('POST', `/${object}/query`, { body: { ...withoutEmpty(query), page }, signal }),

    count: (object: string, query: Pick<ListQuery, 'filter' | 'search'>, { signal }: Abortable = {}) =>
      request<{ count: number }>('POST', `/${object}/count`, { body: withoutEmpty(query), signal }),

    /** Which records have changed, without what they say: asking is no reading of them. The latest changed first. */
    versions: (object: string, asked: { ids?: string[]; since?: string; limit?: number }, options: ListOptions = {}) =>
      request<RecordVersion[]>('POST', `/${object}/versions`, { body: asked, ...options }),

    get: (object: string, id: string, include: string[] = [], { signal }: Abortable = {}) =>
      request<RecordData>('GET', `/${object}/${id}`, { query: { include: include.join(',') || undefined }, signal }),
    create: (object: string, values: Values) => request<RecordData>('POST', `/${object}`, { body: values }),
    /** What a create would be refused for, one message a field; of the fields in `about` only. Nothing is made. */
    validate: (object: string, data: Values, about: string[], { signal }: Abortable = {}) =>
      request<{ problems: ErrorDetail[] }>('POST', `/${object}/validate`, { body: { data, about }, signal }),
    update: (object: string, id: string, values: Values, version?: number) =>
      request<RecordData>('PATCH', `/${object}/${id}`, { body: values, headers: ifMatch(version) }),
    remove: (object: string, id: string, version?: number) =>
      request<void>('DELETE', `/${object}/${id}`, { headers: ifMatch(version) }),
    restore: (object: string, id: string) => request<RecordData>('POST', `/${object}/${id}/restore`, { body: {} }),

    bulkCreate: (object: string, records: Values[]) =>
      request<BulkResult>('POST', `/${object}/bulk`, { body: { records } }),
    bulkUpdate: (object: string, ids: string[], updates: Values) =>
      request<BulkResult>('PATCH', `/${object}/bulk`, { body: { ids, updates } }),
    /** Each record in its own way; at most 1,000. What is refused of one stays, and the rest of it is written. */
    updateCells: (object: string, changes: CellChange[]) =>
      request<CellsResult>('PATCH', `/${object}/bulk/cells`, { body: { changes } }),
    bulkRemove: (object: string, ids: string[]) => request<BulkResult>('DELETE', `/${object}/bulk`, { body: { ids } }),
    aggregate: <Row = Values>(object: string, input: AggregateInput) =>
      request<Row[]>('POST', `/${object}/aggregate`, { body: input }),

    history: (object: string, id: string, cursor = '', { signal }: Abortable = {}) =>
      cursorList<HistoryEntry>('GET', `/${object}/${id}/history`, { query: { cursor, limit: 50 }, signal }),
    /** Earlier values, written by one more change; `dryRun` only tells which. */
    bringBack: (object: string, id: string, state: EarlierState & { dryRun?: boolean }, version?: number) =>
      request<BroughtBack>('POST', `/${object}/${id}/history/restore`, { body: state, headers: ifMatch(version) }),
    activities: (object: string, id: string) => request<Activity[]>('GET', `/${object}/${id}/activities`),

    linked: (object: string, id: string, relation: string, page = 1, limit = 20) =>
      numberedPage<LinkedRecord>('GET', `/${object}/${id}/links/${relation}`, { query: { page, limit } }),
    /** The same for lists that scroll on; an empty cursor starts. */
    links: (object: string, id: string, relation: string, query: LinkQuery = {}, { signal }: Abortable = {}) =>
      cursorList<LinkedRecord>('GET', `/${object}/${id}/links/${relation}`, {
        query: { cursor: '', ...query },
        signal,
      }),
    /** Links the two, or changes what is said of their link. */
    link: (object: string, id: string, relation: string, otherId: string, change: LinkChange = {}) =>
      request<unknown>('PUT', `/${object}/${id}/links/${relation}/${otherId}`, { body: change }),
    /** The named ones first, in this order. */
    orderLinks: (object: string, id: string, relation: string, ids: string[]) =>
      request<void>('PUT', `/${object}/${id}/links/${relation}`, { body: { ids } }),
    unlink: (object: string, id: string, relation: string, otherId: string) =>
      request<unknown>('DELETE', `/${object}/${id}/links/${relation}/${otherId}`),

    /** What is linked to the record, step by step. */
    graph: (object: string, id: string, query: GraphQuery = {}, { signal }: Abortable = {}) =>
      request<RecordGraph>('GET', `/${object}/${id}/graph`, {
        query: { ...query, relations: query.relations?.join(',') },
        signal,
      }),

    /** Everything the caller may see; without words what they opened lately. */
    searchAll: async (q: string, limit = 20, { signal }: Abortable = {}): Promise<Findings> => {
      const { data, meta } = await http.envelope<SearchHit[]>('POST', '/search', { body: { q, limit }, signal })
      return { hits: data, ...(meta as Omit<Findings, 'hits'>) }
    },
    /** Notes that the caller opened the record: it then comes first among equal findings. */
    visit: (object: string, id: string) => request<void>('POST', `/${object}/${id}/visits`),
    /** Records of one object: what relation fields choose from. */
    search: (object: string, q: string, limit = 20, { signal }: Abortable = {}) =>
      request<RecordData[]>('POST', `/${object}/search`, { body: { q, limit }, signal }),
  }
}

/** Leaves out what is not set, since the server refuses what it does not understand. */
function withoutEmpty(query: ListQuery): Values {
  return Object.fromEntries(
    Object.entries(query).filter(
      ([, value]) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && !value.length),
    ),
  )
}
