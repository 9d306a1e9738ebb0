/**
 * What the address of a list holds, so that it can be shared, bookmarked and gone back to:
 * `?view=my_patients&filter={…}&sort=-created,name&q=ana&as=kanban`. What is absent comes from the view.
 */
import type { Filter, View } from '@oneforge/client'

export interface ListState {
  filter: Filter | null
  sort: string[]
  search: string
}

/** A filter or order that the view has and the person took away. */
const none = 'none'

export function readListState(params: URLSearchParams, view: Pick<View, 'filter' | 'sort'> | undefined): ListState {
  return {
    filter: readFilter(params.get('filter'), view?.filter ?? null),
    sort: readSort(params.get('sort'), view?.sort ?? []),
    search: params.get('q') ?? '',
  }
}

/** The parameters for a state: only what differs from the view is written. */
export function writeListState(
  params: URLSearchParams,
  state: ListState,
  view: Pick<View, 'filter' | 'sort'> | undefined,
): URLSearchParams {
  const next = new URLSearchParams(params)
  put(next, 'q', state.search)
  put(next, 'sort', same(state.sort, view?.sort ?? []) ? '' : state.sort.join(',') || none)
  put(
    next,
    'filter',
    same(state.filter, view?.filter ?? null) ? '' : state.filter ? JSON.stringify(state.filter) : none,
  )
  return next
}

/** Whether filter, order or layout differ from what the view keeps. */
export function differsFromView(params: URLSearchParams): boolean {
  return ['filter', 'sort', 'as'].some((name) => params.has(name))
}

function readFilter(text: string | null, ofView: Filter | null): Filter | null {
  if (text === null) return ofView
  if (text === none) return null
  try {
    return JSON.parse(text) as Filter
  } catch {
    return ofView
  }
}

function readSort(text: string | null, ofView: string[]): string[] {
  if (text === null) return ofView
  return text === none ? [] : text.split(',').filter(Boolean)
}

function put(params: URLSearchParams, name: string, value: string): void {
  if (value) params.set(name, value)
  else params.delete(name)
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
