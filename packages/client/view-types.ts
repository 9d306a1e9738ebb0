/** Saved views of an object's list, as the server sends them. */
import type { Filter } from './record-types.ts'
import type { TextInput } from './text-types.ts'

export type ViewType = 'table' | 'kanban' | 'calendar'

export interface View {
  id: string
  key: string
  label: string
  type: ViewType
  filter: Filter | null
  sort: string[] | null
  columns: string[] | null
  groupBy: string | null
  visibility: 'private' | 'everyone'
  ownedByMe: boolean
  system: boolean
  /** Grows with every change of a shared view. */
  version: number
}

export type ViewInput = Partial<Pick<View, 'type' | 'filter' | 'sort' | 'columns' | 'groupBy' | 'visibility'>> & {
  label: TextInput
  key?: string
}
