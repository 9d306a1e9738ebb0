import type { FieldMeta, ObjectMeta, View } from '@oneforge/client'
import { useMemo, useState } from 'react'
import { useListFields } from '../useListFields.ts'
import { type Column, type ColumnSettings, columnsOf, defaultSettings, parseSettings } from './columnSettings.ts'
import { useRelatedFields } from './relatedFields.ts'

export interface ColumnControls {
  /** What can be shown. */
  fields: FieldMeta[]
  columns: Column[]
  keys: string[]
  setKeys: (keys: string[]) => void
  setWidth: (key: string, width: number) => void
  /** Back to the columns of the view. */
  reset: () => void
  isChanged: boolean
}

export function useColumns(object: ObjectMeta, view: View | undefined): ColumnControls {
  const storageKey = `oneforge-columns:${object.id}:${view?.id ?? 'all'}`
  // Settings kept for several lists live side by side here, so that switching views needs no effect.
  const [kept, setKept] = useState<Record<string, ColumnSettings | undefined>>({})
  const ofBrowser = storageKey in kept ? kept[storageKey] : parseSettings(localStorage.getItem(storageKey))
  const settings = ofBrowser ?? defaultSettings(object, view)

  function keep(next: ColumnSettings | undefined): void {
    if (next) localStorage.setItem(storageKey, JSON.stringify(next))
    else localStorage.removeItem(storageKey)
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
    setKeys: (keys) => keep({ ...settings, keys }),
    setWidth: (key, width) => keep({ ...settings, widths: { ...settings.widths, [key]: width } }),
    reset: () => keep(undefined),
    isChanged: ofBrowser !== undefined,
  }
}
