import type { FieldMeta, RecordData } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { groupsOf, type Loaded, linesOf } from './lines.ts'

const field = (key: string) => ({ key, type: 'text', resultType: 'text', options: [] }) as unknown as FieldMeta
const [kind, state] = [field('kind'), field('state')]
const record = (id: string) => ({ id }) as RecordData
const loaded = (ids: string[], more = false): Loaded => ({
  rows: ids.map(record),
  isPending: false,
  hasMore: more,
  isFetchingMore: false,
  fetchMore: () => {},
})
const outer = [
  { kind: null, count: 1 },
  { kind: 'road', count: 3 },
]
const told = ({ rows, others }: ReturnType<typeof linesOf>) =>
  rows.map((row, at) => {
    const line = others.get(at)
    if (!line) return row?.id
    return 'group' in line ? `${line.group.id} ${line.isOpen}` : 'more' in line ? 'more' : 'waiting'
  })

describe('lines', () => {
  it('are headings, and the records of the groups that are open', () => {
    const groups = groupsOf([kind], outer, [], {})
    expect(groups.map(({ filter, startsOpen }) => [filter, startsOpen])).toEqual([
      [{ field: 'kind', op: 'eq', value: 'road' }, true],
      [{ field: 'kind', op: 'empty' }, true],
    ])
    const known = new Map([['"road"', loaded(['a', 'b'], true)]])
    expect(told(linesOf(groups, () => true, known))).toEqual(['"road" true', 'a', 'b', 'more', 'null true', 'waiting'])
    expect(told(linesOf(groups, () => false, known))).toEqual(['"road" false', 'null false'])
  })

  it('hold a record once', () => {
    const known = new Map([
      ['"road"', loaded(['a'])],
      ['null', loaded(['a', 'b'])],
    ])
    expect(told(linesOf(groupsOf([kind], outer, [], {}), () => true, known))).toEqual([
      '"road" true',
      'a',
      'null true',
      'b',
    ])
  })

  it('of two levels are narrowed by both', () => {
    const inner = [
      { kind: 'road', state: 'new', count: 2 },
      { kind: 'road', state: 'old', count: 1 },
    ]
    const groups = groupsOf([kind, state], outer, inner, {})
    expect(groups[0]!.within!.map(({ id, filter, level }) => [id, level, filter])[1]).toEqual([
      '"road" "old"',
      2,
      {
        and: [
          { field: 'kind', op: 'eq', value: 'road' },
          { field: 'state', op: 'eq', value: 'old' },
        ],
      },
    ])
    const { open } = linesOf(groups, ({ level }) => level === 1, new Map())
    expect(open).toEqual([])
  })
})
