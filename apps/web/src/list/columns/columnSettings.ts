/** Which columns a table shows, in which order and how wide. */
import type { FieldMeta, ObjectMeta, View, ViewSettings } from '@oneforge/client'

export interface ColumnSettings {
  /** Shown columns in order; the title stands first whatever this says. */
  keys: string[]
  /** Pixels, by key. */
  widths: Record<string, number>
}

export interface Column {
  field: FieldMeta
  width: number
}

/** Columns shown until somebody chooses: as many as a screen holds. */
const firstColumns = 8
const bulkyTypes = new Set(['longtext', 'richtext', 'json', 'file', 'address'])
export const narrowest = 72

const widths: Partial<Record<FieldMeta['type'], number>> = {
  boolean: 90,
  integer: 110,
  number: 110,
  percent: 100,
  rating: 120,
  date: 120,
  datetime: 160,
  time: 90,
  duration: 110,
  money: 130,
  email: 210,
  phone: 150,
  longtext: 260,
  richtext: 260,
  multiselect: 190,
  tags: 190,
}

export function defaultSettings(object: ObjectMeta, view: Pick<View, 'columns'> | undefined): ColumnSettings {
  const usual = object.fields.filter(({ type }) => !bulkyTypes.has(type)).slice(0, firstColumns)
  return { keys: view?.columns?.length ? view.columns : usual.map(({ key }) => key), widths: {} }
}

/** The columns to draw. Fields that were retired or hidden since the settings were kept are left out. */
export function columnsOf(fields: FieldMeta[], titleKey: string, settings: ColumnSettings): Column[] {
  const byKey = new Map(fields.map((field) => [field.key, field]))
  const keys = [titleKey, ...settings.keys.filter((key) => key !== titleKey)]
  return keys.flatMap((key) => {
    const field = byKey.get(key)
    return field ? [{ field, width: settings.widths[key] ?? usualWidth(field, key === titleKey) }] : []
  })
}

function usualWidth(field: FieldMeta, isTitle: boolean): number {
  return isTitle ? 240 : (widths[field.type] ?? 160)
}

/** Widths as they were kept, or none when they cannot be read any more. */
export function parseWidths(text: string | null): ColumnSettings['widths'] {
  try {
    const kept: unknown = JSON.parse(text ?? '{}')
    const entries = Object.entries(kept && typeof kept === 'object' ? kept : {})
    return Object.fromEntries(entries.filter(([, width]) => typeof width === 'number'))
  } catch {
    return {}
  }
}

/** The widths that a view keeps. */
export function widthsOf({ columnSettings = [] }: ViewSettings): ColumnSettings['widths'] {
  return Object.fromEntries(columnSettings.flatMap(({ field, width }) => (width ? [[field, width]] : [])))
}
