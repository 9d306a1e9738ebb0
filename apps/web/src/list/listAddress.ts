/**
 * What the address of a list holds, so that it can be shared, bookmarked and gone back to:
 * `?view=my_patients&filter={…}&sort=-created,name&as=kanban`. What is absent comes from the view.
 *
 * Browsers remember addresses, and people paste them: where an object has protected fields, what is searched for is
 * kept as a draft instead, as is a filter over such a field, and the address holds the draft's name: `?kept=4f1c…`.
 * Everywhere else a search stands in the address (`?q=ana`) and is shared with it.
 */
import type { FieldMeta, Filter, View } from '@oneforge/client'
import { keptParameter, namesProtected } from './keptFilter.ts'

export interface ListState {
  filter: Filter | null
  sort: string[]
  search: string
}

/** The part of a state that stays out of the address. */
export interface KeptState {
  search?: string
  filter?: Filter
}

export function keptOf({ search, filter }: ListState, fields: FieldMeta[]): KeptState | undefined {
  const isProtected = filter !== null && namesProtected(filter, fields)
  const keepsSearch = search !== '' && fields.some(({ phi }) => phi)
  if (!keepsSearch && !isProtected) return undefined
  return { ...(keepsSearch && { search }), ...(isProtected && { filter }) }
}

/** A filter or order that the view has and the person took away. */
const none = 'none'

export function readListState(
  params: URLSearchParams,
  view: Pick<View, 'filter' | 'sort'> | undefined,
  kept: KeptState = {},
): ListState {
  return {
    filter: kept.filter ?? readFilter(params.get('filter'), view?.filter ?? null),
    sort: readSort(params.get('sort'), view?.sort ?? []),
    search: kept.search ?? params.get('q') ?? '',
  }
}

/** The parameters for a state: only what differs from the view is written, and of what is kept only the name. */
export function writeListState(
  params: URLSearchParams,
  state: ListState,
  view: Pick<View, 'filter' | 'sort'> | undefined,
  kept?: { name: string; state: KeptState },
): URLSearchParams {
  const next = new URLSearchParams(params)
  put(next, 'q', kept?.state.search ? '' : state.search)
  put(next, keptParameter, kept?.name ?? '')
  put(next, 'sort', same(state.sort, view?.sort ?? []) ? '' : state.sort.join(',') || none)
  put(
    next,
    'filter',
    kept?.state.filter || same(state.filter, view?.filter ?? null)
      ? ''
      : state.filter
        ? JSON.stringify(state.filter)
        : none,
  )
  return next
}

/** Whether filter, order or layout differ from what the view keeps. */
export function differsFromView(params: URLSearchParams, kept: KeptState = {}): boolean {
  return kept.filter !== undefined || ['filter', 'sort', 'as'].some((name) => params.has(name))
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
