import type { Http } from './http.ts'
import type { RecordData } from './types.ts'

/** The value of a field of type checklist is a list of these. */
export interface CheckItem {
  id: string
  text: string
  done: boolean
}

/** What is done to single items; those that are not named stay as they are. */
export interface ChecklistChange {
  /** Those that are new name a text. `after` null puts an item first. */
  items?: { id?: string; text?: string; done?: boolean; after?: string | null }[]
  removed?: string[]
}

/** Fields of type checklist, changed item by item: nobody overwrites what others tick meanwhile. */
export function checklistMethods({ request }: Http) {
  return {
    change: (object: string, id: string, field: string, change: ChecklistChange) =>
      request<RecordData>('PATCH', `/${object}/${id}/checklists/${field}`, { body: change }),
  }
}
