import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useMemo, useState } from 'react'
import { useListFields } from '../useListFields.ts'
import type { ListControls } from '../useListState.ts'
import {
  type Column,
  type ColumnSettings,
  columnsOf,
  defaultSettings,
  parseWidths,
  pinnedOf,
  widthsOf,
} from './columnSettings.ts'
import { useRelatedFields } from './relatedFields.ts'

export interface ColumnControls {
  /** What can be shown. */
  fields: FieldMeta[]
  columns: Column[]
  keys: string[]
  setKeys: (keys: string[]) => void
  setWidth: (key: string, width: number) => void
  /** Of columns that somebody has dragged here. */
  widths: ColumnSettings['widths']
  forgetWidths: () => void
  /** Back to the columns of the view. */
  reset: () => void
  isChanged: boolean
}

/**
 * The columns of a list: chosen ones stand in the address, widths are the view's, and those that somebody drags stay in
 * this browser.
 */
export function useColumns(object: ObjectMeta, list: ListControls): ColumnControls {
  const { view, look, columnKeys, setColumnKeys } = list
  const storageKey = `oneforge-columns:${object.id}:${view?.id ?? 'all'}`
  // Widths kept for several lists live side by side here, so that switching views needs no effect.
  const [kept, setKept] = useState<Record<string, ColumnSettings['widths']>>({})
  const ofBrowser = kept[storageKey] ?? parseWidths(localStorage.getItem(storageKey))
  const usual = defaultSettings(object, view)
  const widths = { ...widthsOf(look.settings), ...ofBrowser }
  const settings = { keys: columnKeys ?? usual.keys, widths, pinned: pinnedOf(look.settings) }

  function keepWidths(next: ColumnSettings['widths']): void {
    localStorage.setItem(storageKey, JSON.stringify(next))
    setKept((all) => ({ ...all, [storageKey]: next }))
  }

  const own = useListFields(object)
  const related = useRelatedFields(object, settings.keys)
  const fields = useMemo(() => [...own, ...related], [own, related])
  const serialized = JSON.stringify(settings)
  const columns = useMemo(() => columnsOf(fields, object.roles.title, settings), [fields, object, serialized])
  return {
    fields,
    columns,
    keys: columns.map(({ field }) => field.key),
    setKeys: setColumnKeys,
    setWidth: (key, width) => keepWidths({ ...ofBrowser, [key]: width }),
    widths: ofBrowser,
    forgetWidths: () => keepWidths({}),
    reset: () => {
      setColumnKeys(undefined)
      keepWidths({})
    },
    isChanged: columnKeys !== undefined || Object.keys(ofBrowser).length > 0,
  }
}
