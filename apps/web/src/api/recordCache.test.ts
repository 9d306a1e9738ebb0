import type { Cursor, RecordData } from '@oneforge/client'
import { type InfiniteData, QueryClient } from '@tanstack/react-query'
import { beforeEach, describe, expect, it } from 'vitest'
import { keys } from './keys.ts'
import { findInLists, moveBetweenLists, patchRecord, refreshLists, removeFromLists } from './recordCache.ts'

type ListData = InfiniteData<Cursor<RecordData>, string>

const record = (id: string, values: object = {}) =>
  ({ id, title: id, status: 'new', ...values }) as unknown as RecordData
const listOf = (...pages: RecordData[][]): ListData => ({
  pages: pages.map((items) => ({ items, nextCursor: null, hasNext: false })),
  pageParams: pages.map((_, index) => String(index)),
})

const open = { filter: { field: 'status', op: 'eq', value: 'new' } }
const closed = { filter: { field: 'status', op: 'eq', value: 'closed' } }
let cache: QueryClient

function idsOf(query: object): string[] {
  const list = cache.getQueryData<ListData>(keys.list('deals', query))
  return list?.pages.flatMap(({ items }) => items.map(({ id }) => id)) ?? []
}

beforeEach(() => {
  cache = new QueryClient()
  cache.setQueryData(keys.list('deals', open), listOf([record('a'), record('b')], [record('c')]))
  cache.setQueryData(keys.list('deals', closed), listOf([record('d', { status: 'closed' })]))
})

describe('records kept in memory', () => {
  it('change in every list and on their own page', () => {
    cache.setQueryData(keys.record('deals', 'c'), record('c'))
    patchRecord(cache, 'deals', 'c', { title: 'C!' })
    expect(findInLists(cache, 'deals', 'c')?.title).toBe('C!')
    expect(cache.getQueryData<RecordData>(keys.record('deals', 'c'))?.title).toBe('C!')
  })

  it('leaves stretches without the record untouched, so that they are not drawn again', () => {
    const before = cache.getQueryData<ListData>(keys.list('deals', open))
    patchRecord(cache, 'deals', 'c', { title: 'C!' })
    expect(cache.getQueryData<ListData>(keys.list('deals', open))?.pages[0]).toBe(before?.pages[0])
  })

  it('keep what was brought along of a linked record as long as it is the same', () => {
    const withDoctor = (id: string, more: object = {}) => ({ doctor: { id, object: 'doctors', title: 'Ana', ...more } })
    cache.setQueryData(keys.list('deals', {}), listOf([record('x', withDoctor('1', { phone: '+1' }))]))
    patchRecord(cache, 'deals', 'x', withDoctor('1'))
    expect(findInLists(cache, 'deals', 'x')?.doctor).toMatchObject({ phone: '+1' })
    patchRecord(cache, 'deals', 'x', withDoctor('2'))
    expect(findInLists(cache, 'deals', 'x')?.doctor).not.toHaveProperty('phone')
  })

  it('disappear from every list when deleted', () => {
    removeFromLists(cache, 'deals', new Set(['a', 'd']))
    expect(idsOf(open)).toEqual(['b', 'c'])
    expect(idsOf(closed)).toEqual([])
  })

  it('move to the top of the list they were dragged to', () => {
    moveBetweenLists(cache, 'deals', record('b', { status: 'closed' }), open, closed)
    expect(idsOf(open)).toEqual(['a', 'c'])
    expect(idsOf(closed)).toEqual(['b', 'd'])
  })

  it('are cut to the beginning of a long list before it is asked for again', () => {
    const pages = Array.from({ length: 9 }, (_, index) => [record(`r${index}`)])
    cache.setQueryData(keys.list('deals', {}), listOf(...pages))
    refreshLists(cache, 'deals')
    expect(idsOf({})).toEqual(['r0', 'r1', 'r2'])
  })
})
