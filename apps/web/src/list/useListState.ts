import type { FieldMeta, Filter, ObjectMeta, View, ViewSettings, ViewType } from '@oneforge/client'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { dropDraft, keepDraft, readDraft } from '../api/drafts.ts'
import { boardField } from './board/boardColumns.ts'
import { draftOf, keptParameter } from './keptFilter.ts'
import { layoutNamed } from './layouts.ts'
import {
  differsFromView,
  type KeptState,
  keptOf,
  type ListState,
  readListState,
  writeListState,
} from './listAddress.ts'
import { keptLook, type ListLook, lookParameters, readColumns, readLook, writeLook } from './listLook.ts'

export type Layout = ViewType

export interface ListControls extends ListState {
  view: View | undefined
  /** As a table, a board of cards, a calendar … */
  layout: Layout
  setLayout: (layout: Layout) => void
  /** Whose options are the columns of a board; undefined for objects without a choice. */
  board: FieldMeta | undefined
  setBoard: (key: string) => void
  look: ListLook
  setGroups: (groups: string[]) => void
  /** Changes those settings that it names. */
  setSettings: (settings: ViewSettings) => void
  /** Columns chosen here; those of the view without it. */
  columnKeys: string[] | undefined
  setColumnKeys: (keys: string[] | undefined) => void
  /** What would be saved as the view. */
  contents: Pick<View, 'type' | 'filter' | 'sort' | 'groupBy' | 'settings'>
  /** Whether anything that a view keeps differs from the saved one. */
  isChanged: boolean
  setFilter: (filter: Filter | null) => void
  setSort: (sort: string[]) => void
  setSearch: (search: string) => void
  selectView: (view: View | undefined) => void
  /** Back to what the view keeps. */
  reset: () => void
}

/**
 * The list's state, kept in the address but for what must not stand there. `views` may still be on their way: the
 * address alone decides until then.
 */
export function useListState(object: ObjectMeta, views: View[] | undefined): ListControls {
  const [params, setParams] = useSearchParams()
  const key = params.get('view')
  const first = views?.find(({ isDefault }) => isDefault) ?? views?.[0]
  const view = views?.find((candidate) => candidate.key === key) ?? (key ? undefined : first)
  const kept = keptUnder(params.get(keptParameter))
  const state = useMemo(() => readListState(params, view, kept), [params, view, kept])

  function change(changes: Partial<ListState>): void {
    const before = new URLSearchParams(window.location.search)
    const name = before.get(keptParameter)
    const next = { ...readListState(before, view, keptUnder(name)), ...changes }
    setParams(writeListState(before, next, view, keep(name, keptOf(next, object.fields))), { replace: true })
  }

  function selectView(next: View | undefined): void {
    setParams(next && next.id !== first?.id ? { view: next.key } : {})
  }

  const ofView: Layout = view?.type ?? 'table'
  const chosen = params.get('as')
  const layout = layoutNamed(chosen) ?? ofView
  const look = useMemo(() => readLook(params, view), [params, view])
  const ofBoard = boardField(object, view?.groupBy)
  const board = boardField(object, params.get(boardParameter) ?? ofBoard?.key)
  const columnKeys = useMemo(() => readColumns(params), [params])

  function setLook(changes: Partial<ListLook>): void {
    const before = new URLSearchParams(window.location.search)
    setParams(writeLook(before, { ...readLook(before, view), ...changes }, view), { replace: true })
  }

  function setColumnKeys(keys: string[] | undefined): void {
    const next = new URLSearchParams(window.location.search)
    if (!keys || keys.join() === view?.columns?.join()) next.delete('columns')
    else next.set('columns', keys.join(','))
    // At once: a box that is ticked must not wait for the address.
    setParams(next, { replace: true, flushSync: true })
  }

  function setBoard(key: string): void {
    const next = new URLSearchParams(window.location.search)
    if (key === ofBoard?.key) next.delete(boardParameter)
    else next.set(boardParameter, key)
    setParams(next, { replace: true })
  }

  function setLayout(layout: Layout): void {
    const next = new URLSearchParams(params)
    if (layout === ofView) next.delete('as')
    else next.set('as', layout)
    setParams(next, { replace: true })
  }

  return {
    ...state,
    view,
    layout,
    setLayout,
    board,
    setBoard,
    look,
    setGroups: (groups) => setLook({ groups }),
    setSettings: (settings) => setLook({ settings: { ...look.settings, ...settings } }),
    columnKeys,
    setColumnKeys,
    contents: {
      type: layout,
      filter: state.filter,
      sort: state.sort,
      ...keptLook(look),
      ...(layout === 'kanban' && { groupBy: board?.key ?? null }),
    },
    isChanged: differsFromView(params, kept) || [...lookParameters, boardParameter].some((name) => params.has(name)),
    setFilter: (filter) => change({ filter }),
    setSort: (sort) => change({ sort }),
    setSearch: (search) => change({ search }),
    selectView,
    reset: () => selectView(view),
  }
}

/** Another field for the columns of a board than the view's. */
const boardParameter = 'board'

function keptUnder(name: string | null): KeptState | undefined {
  return name ? readDraft<KeptState>(draftOf(name)) : undefined
}

/** The name grows with each state: a change of the address is what draws the list anew. */
function keep(before: string | null, state: KeptState | undefined): { name: string; state: KeptState } | undefined {
  if (!state) {
    if (before) dropDraft(draftOf(before))
    return undefined
  }
  const [draft = '', round = '0'] = before?.split('.') ?? [crypto.randomUUID().slice(0, 8)]
  const name = `${draft}.${Number(round) + 1}`
  keepDraft(draftOf(name), state)
  return { name, state }
}

/** The next order when a column's heading is pressed: up, down, as before. */
export function nextSort(sort: string[], key: string): string[] {
  if (sort.includes(key)) return [`-${key}`]
  return sort.includes(`-${key}`) ? [] : [key]
}
