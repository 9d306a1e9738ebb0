/**
 * What the address of a board holds, so that it can be shared and gone back to: `?range=thisMonth&filters=[…]`. What is
 * absent comes from the board. A filter over a protected field is kept as a draft, and the address holds its name.
 */
import type { BoardFilter, Dashboard, DateRange, FieldMeta, FiguresInput } from '@oneforge/client'
import { namesProtected } from '../list/keptFilter.ts'
import { rangeName, rangeNamed } from './ranges.ts'

export interface BoardView {
  range: DateRange | null
  filters: BoardFilter[]
}

type Own = Pick<Dashboard, 'range' | 'filters'>

/** The name of the draft with the filters. */
export const keptFilters = 'kept'
/** A range or filters that the board has and the person took away. */
const none = 'none'

/** What figures are asked for besides what the board says: all of it can be asked before the board is known. */
export function readAsked(params: URLSearchParams, kept: BoardFilter[] | undefined): FiguresInput {
  const name = params.get('range')
  const range = name === none ? null : name ? rangeNamed(name) : undefined
  const filters = kept ?? readFilters(params.get('filters'))
  return { ...(range !== undefined && { range }), ...(filters && { filters }) }
}

export function viewOf(asked: FiguresInput, board: Own): BoardView {
  return { range: asked.range === undefined ? board.range : asked.range, filters: asked.filters ?? board.filters }
}

/** The parameters for another view of the board. @param kept the name of the draft that has the filters. */
export function writeBoardView(
  before: URLSearchParams,
  { range, filters }: BoardView,
  board: Own,
  kept?: string,
): URLSearchParams {
  const next = new URLSearchParams(before)
  const put = (name: string, value: string | undefined) => (value ? next.set(name, value) : next.delete(name))
  put('range', isSame(range, board.range) ? undefined : range ? rangeName(range) : none)
  put('filters', kept || isSame(filters, board.filters) ? undefined : filters.length ? JSON.stringify(filters) : none)
  put(keptFilters, kept)
  return next
}

/** @param fieldsOf the fields of an object; while they are unknown any might be protected. Those of all objects are not. */
export function isProtected(filters: BoardFilter[], fieldsOf: (object: string) => FieldMeta[] | undefined): boolean {
  return filters.some(({ object, filter }) => {
    if (object === undefined) return false
    const fields = fieldsOf(object)
    return !fields || namesProtected(filter, fields)
  })
}

function readFilters(text: string | null): BoardFilter[] | undefined {
  if (text === null) return undefined
  if (text === none) return []
  try {
    return JSON.parse(text) as BoardFilter[]
  } catch {
    return undefined
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
