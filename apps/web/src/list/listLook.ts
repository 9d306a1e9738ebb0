/**
 * How a list looks, beside what it shows: grouping, density, totals and columns. The address holds what differs from
 * the view: `?group=status,ward&columns=full_name,phone&look={"density":"compact"}`.
 */
import type { View, ViewSettings } from '@oneforge/client'

export interface ListLook {
  /** Fields that a table is grouped by: none, one, or one within the other. */
  groups: string[]
  settings: ViewSettings
}

type Kept = Pick<View, 'groupBy' | 'settings'>
/** A board is grouped by the field of its columns, which does not group a table. */
type Look = Kept & Partial<Pick<View, 'type'>>

/** What the view has and the person took away. */
const none = 'none'
export const lookParameters = ['group', 'look', 'columns']

export function lookOf(view: Look | undefined): ListLook {
  const { thenBy, ...settings } = view?.settings ?? {}
  const groups = view?.type === 'kanban' ? [] : [view?.groupBy, thenBy].filter((name) => name != null)
  return { groups, settings }
}

export function readLook(params: URLSearchParams, view: Look | undefined): ListLook {
  const ofView = lookOf(view)
  const group = params.get('group')
  return {
    groups: group === null ? ofView.groups : group === none ? [] : group.split(',').slice(0, 2),
    settings: { ...ofView.settings, ...parsed(params.get('look')) },
  }
}

export function writeLook(params: URLSearchParams, look: ListLook, view: Look | undefined): URLSearchParams {
  const next = new URLSearchParams(params)
  const ofView = lookOf(view)
  put(next, 'group', same(look.groups, ofView.groups) ? '' : look.groups.join(',') || none)
  const changed = Object.entries(look.settings).filter(
    ([name, value]) => !same(value, ofView.settings[name as keyof ViewSettings]),
  )
  put(next, 'look', changed.length > 0 ? JSON.stringify(Object.fromEntries(changed)) : '')
  return next
}

/** What a view keeps of it. */
export function keptLook({ groups: [groupBy, thenBy], settings }: ListLook): Kept {
  return { groupBy: groupBy ?? null, settings: { ...settings, ...(thenBy && { thenBy }) } }
}

export function readColumns(params: URLSearchParams): string[] | undefined {
  return params.get('columns')?.split(',').filter(Boolean)
}

/** Somebody may have pasted half an address. */
function parsed(text: string | null): ViewSettings {
  try {
    const settings: unknown = JSON.parse(text ?? '{}')
    return typeof settings === 'object' && settings !== null ? settings : {}
  } catch {
    return {}
  }
}

function put(params: URLSearchParams, name: string, value: string): void {
  if (value) params.set(name, value)
  else params.delete(name)
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
