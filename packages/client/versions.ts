import type { MetadataChange, MetadataVersion, UndoneVersion, WholeMetadataVersion } from './generated.ts'
import type { Http } from './http.ts'
import type { Cursor } from './record-types.ts'

/** What lies between two versions of the workspace's shape. */
export interface VersionComparison {
  from: number
  to: number
  changes: MetadataChange[]
}

export interface VersionQuery {
  /** Slug: only versions that changed it. */
  object?: string
  cursor?: string
  limit?: number
}

/** The history of the workspace's shape: read, compared, taken back. */
export function versionMethods({ request, envelope }: Http) {
  return {
    /** The latest first. */
    list: async ({ cursor, ...query }: VersionQuery = {}): Promise<Cursor<MetadataVersion>> => {
      const { data, pagination } = await envelope<MetadataVersion[]>('GET', '/workspace/versions', {
        query: { ...query, cursor: cursor || undefined },
      })
      return { items: data, ...(pagination as Omit<Cursor<MetadataVersion>, 'items'>) }
    },
    get: (number: number) => request<WholeMetadataVersion>('GET', `/workspace/versions/${number}`),
    /** Without `to`: up to now; from 0: before the first. */
    compare: (from: number, to?: number) =>
      request<VersionComparison>('GET', '/workspace/versions/compare', { query: { from, to } }),
    /** Refused with CONFLICT where later changes are in the way. With `dryRun` it only tells what would come of it. */
    undo: (number: number, dryRun = false) =>
      request<UndoneVersion>('POST', `/workspace/versions/${number}/undo`, { body: { dryRun } }),
    /** Brings everything back as it was right after the version. */
    restore: (number: number, dryRun = false) =>
      request<UndoneVersion>('POST', `/workspace/versions/${number}/restore`, { body: { dryRun } }),
  }
}
