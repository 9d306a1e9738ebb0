import type { AcceptedBulkChange, BulkChange } from './generated.ts'
import type { Http, NamedFile } from './http.ts'
import type { Filter } from './types.ts'

/** The records that are meant: named, or chosen by what a list shows. Without filter and search it is all of them. */
export type BulkTarget = { ids: string[] } | { filter?: Filter | null | undefined; search?: string | undefined }

export interface BulkEdit {
  updates?: Record<string, unknown>
  /** What lists gain, and what they lose. */
  add?: Record<string, unknown[]>
  remove?: Record<string, unknown[]>
}

type Action = 'update' | 'delete' | 'restore' | 'purge'

/** The same done to many records, and taken back. */
export function bulkMethods({ request, file }: Http) {
  const start = (object: string, action: Action, target: BulkTarget, edit: BulkEdit = {}) =>
    request<AcceptedBulkChange>('POST', `/${object}/bulk/jobs`, { body: { action, ...chosen(target), ...edit } })
  return {
    update: (object: string, target: BulkTarget, edit: BulkEdit) => start(object, 'update', target, edit),
    remove: (object: string, target: BulkTarget) => start(object, 'delete', target),
    /** From the trash. */
    restore: (object: string, target: BulkTarget) => start(object, 'restore', target),
    /** Removes from the trash, for good. */
    purge: (object: string, target: BulkTarget) => start(object, 'purge', target),
    /** The latest first; of all objects without one. */
    list: (object?: string) => request<BulkChange[]>('GET', '/bulk-jobs', { query: { object } }),
    undo: (id: string) => request<AcceptedBulkChange>('POST', `/bulk-jobs/${id}/undo`, { body: {} }),
    /** The records that it refused, with the reasons. */
    refused: (id: string): Promise<NamedFile> => file('GET', `/bulk-jobs/${id}/refused`),
  }
}

function chosen(target: BulkTarget): object {
  if ('ids' in target) return target
  const { filter, search } = target
  return filter || search ? { filter: filter ?? undefined, search: search || undefined } : { all: true }
}
