import type { Cursor, ListQuery, RecordData } from '@oneforge/client'
import { type InfiniteData, QueryClient } from '@tanstack/react-query'
import { beforeEach, describe, expect, it } from 'vitest'
import { keys } from '../../api/keys.ts'
import { placeCard, positionOf } from './boardCache.ts'

type Cards = InfiniteData<Cursor<RecordData>, string>

const card = (id: string, more: object = {}) => ({ id, title: id, ...more }) as RecordData
const page = (...ids: string[]): Cursor<RecordData> => ({
  items: ids.map((id) => card(id)),
  nextCursor: null,
  hasNext: false,
})
const open: ListQuery = { filter: { field: 'stage', op: 'eq', value: 'open' } }
const won: ListQuery = { filter: { field: 'stage', op: 'eq', value: 'won' } }
const columns = [open, won]

let cache: QueryClient
const cardsIn = (query: ListQuery) => cache.getQueryData<Cards>(keys.list('deals', query))!
const idsIn = (query: ListQuery) => cardsIn(query).pages.map(({ items }) => items.map(({ id }) => id).join(''))

beforeEach(() => {
  cache = new QueryClient()
  cache.setQueryData(keys.list('deals', open), { pages: [page('a', 'b'), page('c')], pageParams: ['', '1'] })
  cache.setQueryData(keys.list('deals', won), { pages: [page('x', 'y')], pageParams: [''] })
})

describe('the cards of a board', () => {
  it('go to the top of another column, and back to where they were', () => {
    const at = positionOf(cache, 'deals', 'c', open)
    placeCard(cache, 'deals', card('c', { stage: 'won' }), columns, won)
    expect([idsIn(open), idsIn(won)]).toEqual([['ab', ''], ['cxy']])
    placeCard(cache, 'deals', card('c'), columns, open, at)
    expect([idsIn(open), idsIn(won)]).toEqual([['abc', ''], ['xy']])
  })

  it('keep their position when they stay in their column', () => {
    const before = cardsIn(won)
    placeCard(cache, 'deals', card('b', { title: 'B!' }), columns, open)
    expect(idsIn(open)).toEqual(['ab', 'c'])
    expect(cardsIn(open).pages[0]!.items[1]!.title).toBe('B!')
    expect(cardsIn(won)).toBe(before)
  })

  it('go to a column that nobody has looked at yet, which is asked for later', () => {
    const lost: ListQuery = { filter: { field: 'stage', op: 'eq', value: 'lost' } }
    placeCard(cache, 'deals', card('a', { stage: 'lost' }), [...columns, lost], lost)
    expect(idsIn(lost)).toEqual(['a'])
    expect(cache.getQueryState(keys.list('deals', lost))?.isInvalidated).toBe(true)
  })

  it('leave the board when no column is theirs', () => {
    placeCard(cache, 'deals', card('a'), columns, undefined)
    expect(idsIn(open)).toEqual(['b', 'c'])
  })
})
