import type {
  DuplicatePreview,
  DuplicateSettings,
  FoundDuplicates,
  DuplicatePair as GeneratedPair,
  ListedMerge,
} from './generated.ts'
import type { Http } from './http.ts'
import type { Cursor, JobAccepted, RecordData } from './types.ts'

export interface DuplicatePair extends Omit<GeneratedPair, 'records'> {
  records: RecordData[]
}
export type PairState = DuplicatePair['state']

export interface DuplicateDraft {
  active?: boolean
  threshold?: number
  /** Null: such as the fields suggest. */
  rules?: DuplicateSettings['rules'] | null
}

/** Whose value the survivor gets: its own, the other's, or a new one. */
export type MergeChoice = 'keep' | 'from' | { value: unknown }

export interface MergeInput {
  keep: string
  from: string
  values?: Record<string, MergeChoice>
  versions?: { keep?: number; from?: number }
}

/** Records that may be the same, and making them one. */
export function duplicateMethods({ request, envelope }: Http) {
  return {
    settings: (object: string) => request<DuplicateSettings>('GET', `/objects/${object}/duplicates`),
    change: (object: string, draft: DuplicateDraft) =>
      request<DuplicateSettings>('PUT', `/objects/${object}/duplicates`, { body: draft }),
    preview: (object: string, draft: Required<Pick<DuplicateSettings, 'threshold' | 'rules'>>) =>
      request<DuplicatePreview>('POST', `/objects/${object}/duplicates/preview`, { body: draft }),
    scan: (object: string) => request<JobAccepted>('POST', `/${object}/duplicates/scan`, { body: {} }),
    /** Whether there is such a record already. */
    check: (object: string, data: Record<string, unknown>, signal?: AbortSignal) =>
      request<FoundDuplicates>('POST', `/${object}/duplicates/check`, { body: { data }, signal }),
    list: async (object: string, state: PairState, cursor = ''): Promise<Cursor<DuplicatePair>> => {
      const query = { object, state, cursor, limit: 50 }
      const { data, pagination } = await envelope<DuplicatePair[]>('GET', '/duplicates', { query })
      const { nextCursor = null } = (pagination ?? {}) as { nextCursor?: string | null }
      return { items: data, nextCursor, hasNext: nextCursor !== null }
    },
    dismiss: (id: string) => request<DuplicatePair>('POST', `/duplicates/${id}/dismiss`, { body: {} }),
    reopen: (id: string) => request<DuplicatePair>('POST', `/duplicates/${id}/reopen`, { body: {} }),
    merge: (object: string, input: MergeInput) =>
      request<{ id: string; keep: string; from: string; record: RecordData }>('POST', `/${object}/merge`, {
        body: input,
      }),
    undo: (id: string) =>
      request<{ keep: RecordData; from: RecordData; stays: { field: string; label: string }[]; linksStaying: number }>(
        'POST',
        `/merges/${id}/undo`,
        { body: {} },
      ),
    merges: (object: string, id: string) => request<ListedMerge[]>('GET', `/${object}/${id}/merges`),
  }
}
