import type { Filter, View } from '@oneforge/client'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { differsFromView, type ListState, readListState, writeListState } from './listAddress.ts'

export type Layout = 'table' | 'kanban'

export interface ListControls extends ListState {
  view: View | undefined
  /** As a table or as a board of cards. */
  layout: Layout
  setLayout: (layout: Layout) => void
  /** Whether filter, order or layout differ from the saved view. */
  isChanged: boolean
  setFilter: (filter: Filter | null) => void
  setSort: (sort: string[]) => void
  setSearch: (search: string) => void
  selectView: (view: View | undefined) => void
  /** Back to what the view keeps. */
  reset: () => void
}

/** The list's state, kept in the address. `views` may still be on their way: the address alone decides until then. */
export function useListState(views: View[] | undefined): ListControls {
  const [params, setParams] = useSearchParams()
  const key = params.get('view')
  const view = views?.find((candidate) => candidate.key === key) ?? (key ? undefined : views?.[0])
  const state = useMemo(() => readListState(params, view), [params, view])

  function change(changes: Partial<ListState>): void {
    setParams((current) => writeListState(current, { ...readListState(current, view), ...changes }, view), {
      replace: true,
    })
  }

  function selectView(next: View | undefined): void {
    setParams(next && next !== views?.[0] ? { view: next.key } : {})
  }

  const ofView: Layout = view?.type === 'kanban' ? 'kanban' : 'table'
  const chosen = params.get('as')

  function setLayout(layout: Layout): void {
    const next = new URLSearchParams(params)
    if (layout === ofView) next.delete('as')
    else next.set('as', layout)
    setParams(next, { replace: true })
  }

  return {
    ...state,
    view,
    layout: chosen === 'table' || chosen === 'kanban' ? chosen : ofView,
    setLayout,
    isChanged: differsFromView(params),
    setFilter: (filter) => change({ filter }),
    setSort: (sort) => change({ sort }),
    setSearch: (search) => change({ search }),
    selectView,
    reset: () => selectView(view),
  }
}

/** The next order when a column's heading is pressed: up, down, as before. */
export function nextSort(sort: string[], key: string): string[] {
  if (sort.includes(key)) return [`-${key}`]
  return sort.includes(`-${key}`) ? [] : [key]
}
