/** In which ways the records of an object can be laid out. */
import type { ObjectMeta, ViewType } from '@oneforge/client'
import { boardField } from './board/boardColumns.ts'
import { diaryFields, resourceField } from './calendar/diaryFields.ts'

/** Those that a page draws, in the order in which they are offered. */
const layouts: ViewType[] = ['table', 'kanban', 'calendar', 'schedule', 'timeline', 'gallery']

export function layoutNamed(name: string | null): ViewType | undefined {
  return layouts.find((layout) => layout === name)
}

/** A board needs the choices that are its columns, a diary and a timeline dates, and a schedule also somebody or something to plan. */
export function layoutsOf(object: ObjectMeta): ViewType[] {
  const suits: Partial<Record<ViewType, boolean>> = {
    kanban: boardField(object, null) !== undefined,
    calendar: diaryFields(object) !== undefined,
    timeline: diaryFields(object) !== undefined,
    schedule: resourceField(object) !== undefined,
  }
  return layouts.filter((layout) => suits[layout] ?? true)
}
