/** Which columns a table shows, in which order and how wide. */
import type { FieldMeta, ObjectMeta, View, ViewSettings } from '@oneforge/client'

export interface ColumnSettings {
  /** Shown columns in order; the title stands first whatever this says. */
  keys: string[]
  /** Pixels, by key. */
  widths: Record<string, number>
  /** Those that stay in sight beside the title while the table is scrolled sideways. */
  pinned: string[]
}

export interface Column {
  field: FieldMeta
  width: number
  /** Of one that stays in sight: pixels from where the first one begins. */
  left?: number
}

/** Columns shown until somebody chooses: as many as a screen holds. */
const firstColumns = 8
const bulkyTypes = new Set(['longtext', 'richtext', 'json', 'address'])
export const narrowest = 72

const widths: Partial<Record<FieldMeta['type'], number>> = {
  boolean: 90,
  integer: 110,
  number: 110,
  percent: 100,
  rating: 120,
  checklist: 110,
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
  return { keys: view?.columns?.length ? view.columns : usual.map(({ key }) => key), widths: {}, pinned: [] }
}

/** The columns to draw. Fields that were retired or hidden since the settings were kept are left out. */
export function columnsOf(fields: FieldMeta[], titleKey: string, settings: ColumnSettings): Column[] {
  const byKey = new Map(fields.map((field) => [field.key, field]))
  const chosen = settings.keys.filter((key) => key !== titleKey)
  const isPinned = (key: string): boolean => settings.pinned.includes(key)
  const keys = [titleKey, ...chosen.filter(isPinned), ...chosen.filter((key) => !isPinned(key))]
  let left = 0
  return keys.flatMap((key) => {
    const field = byKey.get(key)
    if (!field) return []
    const width = settings.widths[key] ?? usualWidth(field, key === titleKey)
    if (key !== titleKey && !isPinned(key)) return [{ field, width }]
    left += width
    return [{ field, width, left: left - width }]
  })
}

export function pinnedOf({ columnSettings = [] }: ViewSettings): string[] {
  return columnSettings.flatMap(({ field, pinned }) => (pinned ? [field] : []))
}

/** The settings with a column that stays in sight, or does not any more. */
export function withPinned(
  { columnSettings = [] }: ViewSettings,
  key: string,
  isPinned: boolean,
): Pick<Required<ViewSettings>, 'columnSettings'> {
  const { pinned: _before, ...standing } = columnSettings.find(({ field }) => field === key) ?? { field: key }
  const others = columnSettings.filter(({ field }) => field !== key)
  const says = isPinned || Object.keys(standing).length > 1
  return { columnSettings: says ? [...others, { ...standing, ...(isPinned && { pinned: true }) }] : others }
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
