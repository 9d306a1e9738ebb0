import { describe, expect, it } from 'vitest'
import { model, people, things } from './everything.fixture.ts'
import type { FilterAccess } from './filter.ts'
import { matchesFilter } from './match.ts'
import { parseFilter } from './parse.ts'
import { filterFromQuery } from './query.ts'

const problemOf = (input: unknown, access?: FilterAccess): string | undefined => {
  const read = parseFilter(input, things, model, access)
  return 'problems' in read ? `${read.problems[0]!.field} ${read.problems[0]!.message}` : undefined
}
const nested = (depth: number): unknown => (depth === 0 ? { and: [] } : { not: nested(depth - 1) })
const leaf = (field: string, op: unknown, value?: unknown) => ({ field, op, value })

describe('parseFilter', () => {
  it.each<[unknown, string]>([
    ['x', 'filter must be'],
    [{ and: 1 }, 'filter must be'],
    [{ and: [], or: [] }, 'filter must be'],
    [nested(11), 'deeper than 10 levels'],
    [{ or: Array(101).fill(leaf('name', 'empty')) }, 'more than 100 conditions'],
    [leaf('nothing', 'eq', 1), 'nothing is not a field of things'],
    [leaf('__proto__', 'eq', 1), '__proto__ is not a field of things'],
    [leaf('owner.nothing', 'eq', 1), 'owner.nothing is not a field'],
    [leaf(`${'others.'.repeat(9)}name`, 'eq', 1), 'is not a field'],
    [leaf(`${'others.'.repeat(8)}name`, 'eq', 1), 'must be text'],
    [leaf('name', 'like', 'a'), 'unknown operator "like"'],
    [leaf('name', undefined, 'a'), 'unknown operator null'],
    [{ ...leaf('name', 'eq', 'a'), values: 1 }, 'unknown part "values"'],
    [leaf('number_data', 'gte', 'many'), 'number_data must be a number such as 12.5'],
    [leaf('status', 'in', ['new', 'gone']), 'status is not one of NEW, OPEN'],
    [leaf('status', 'gt', 'new'), 'cannot be compared with gt'],
    [leaf('text_data', 'gt', 'a'), 'make the field sortable'],
    [leaf('recordNumber', 'gt', 'a'), 'recordNumber cannot be compared with gt'],
    [leaf('json_data', 'eq', {}), 'cannot be compared with eq'],
    [leaf('name', 'in', []), 'a list of 1 to 500 values'],
    [leaf('name', 'in', Array(501).fill('a')), 'a list of 1 to 500 values'],
    [leaf('name', 'between', ['a']), 'a list of two values'],
    [leaf('name', 'gt', null), 'needs a value for gt'],
    [leaf('name', 'contains', ' '), 'a text of 1 to 500 characters'],
    [leaf('name', 'contains', '\0'), 'without NUL'],
    [leaf('name', 'eq', { relative: 'today' }), 'is not a date'],
    [leaf('date_data', 'eq', { relative: 'soon' }), 'unknown relative value'],
    [leaf('date_data', 'eq', { relative: 'lastNDays' }), 'needs n'],
    [leaf('date_data', 'eq', { relative: 'today', n: 3 }), 'takes no n'],
    [leaf('name', 'eq', { me: true }), 'where it holds a user'],
    [leaf('id', 'eq', { me: true }), 'where it holds a user'],
    [leaf('owner', 'eq', 'x'), 'owner must be the id of a record'],
    [leaf('name', 'empty', 'perhaps'), 'takes no value'],
  ])('%j: %s', (input, problem) => expect(problemOf(input)).toContain(problem))

  it('takes what is well formed', () => {
    const names = [
      'owner',
      'otherwise.owner.things.name',
      'title',
      'stage',
      'ownerId',
      'locationId',
      'deletedAt',
      'version',
    ]
    for (const name of names) expect(problemOf(leaf(name, 'notEmpty'))).toBeUndefined()
    expect(problemOf(undefined)).toBeUndefined()
  })

  it('refuses a hidden field in the words for an unknown one, by every way to it', () => {
    const hides = (slug: string, key: string): FilterAccess => ({
      field: (object, field) => !(object.slug === slug && field === key),
      rows: () => undefined,
    })
    expect(problemOf(leaf('name', 'eq', 'a'), hides('things', 'name'))).toBe('name is not a field of things')
    expect(problemOf(leaf('title', 'eq', 'a'), hides('things', 'name'))).toBe('title is not a field of things')
    expect(problemOf(leaf('owner.name', 'eq', 'a'), hides('owners', 'name'))).toBe(
      'owner.name is not a field of things',
    )
    expect(problemOf(leaf('owner.score', 'eq', 1), hides('things', 'owner'))).toBe(
      'owner.score is not a field of things',
    )
    expect(problemOf(leaf('owner.things.name', 'eq', 'a'), hides('things', 'owner'))).toContain('is not a field')
    const noOwners: FilterAccess = {
      field: () => true,
      rows: (object) => (object.slug === 'owners' ? 'none' : undefined),
    }
    expect(problemOf(leaf('owner.name', 'eq', 'a'), noOwners)).toBe('owner.name is not a field of things')
  })
})

describe('filterFromQuery', () => {
  const reserved = new Set(['page', 'sort'])
  const read = (query: string) => filterFromQuery(new URLSearchParams(query), reserved)

  it.each([
    ['page=2&sort=name', undefined],
    ['status=New', { and: [leaf('status', 'eq', 'New')] }],
    ['status=New,Active', { and: [leaf('status', 'in', ['New', 'Active'])] }],
    ['status=New&status=Active', { and: [leaf('status', 'in', ['New', 'Active'])] }],
    ['score[gte]=50&score[lt]=80', { and: [leaf('score', 'gte', '50'), leaf('score', 'lt', '80')] }],
    ['score[between]=1,5', { and: [leaf('score', 'between', ['1', '5'])] }],
    ['name[eq]=Doe, John', { and: [leaf('name', 'eq', 'Doe, John')] }],
    ['account.industry=Retail', { and: [leaf('account.industry', 'eq', 'Retail')] }],
    ['name[empty]=true', { and: [leaf('name', 'empty', 'true')] }],
    ['name[[x]=1', { and: [leaf('name[', 'x', '1')] }],
  ])('%s', (query, filter) => expect(read(query)).toEqual(filter))

  it('leaves nothing out: what it does not understand is refused by name', () => {
    expect(problemOf(read('name[like]=a'))).toContain('name has the unknown operator "like"')
    expect(problemOf(read('nmae=a'))).toBe('nmae is not a field of things')
    expect(problemOf(read('name[gte=a'))).toBe('name[gte is not a field of things')
  })
})

describe('matchesFilter', () => {
  const context = { me: people[0]!, now: new Date('2026-11-20T20:00:00Z'), timeZone: 'Australia/Sydney' }
  const matches = (input: unknown, record: Record<string, unknown>): boolean => {
    const read = parseFilter(input, things, model)
    if ('problems' in read) throw new Error(read.problems[0]!.message)
    return matchesFilter(read.filter, record, context)
  }

  it.each<[string, Record<string, unknown>, unknown, boolean]>([
    [
      'the day of the zone, not of UTC',
      { date_data: '2026-11-21' },
      leaf('date_data', 'eq', { relative: 'today' }),
      true,
    ],
    ['moments of a day of 25 hours', { starts: '2026-04-05T13:59:59.999Z' }, leaf('starts', 'eq', '2026-04-05'), true],
    [
      'n days with today among them',
      { date_data: '2026-11-15' },
      leaf('date_data', 'gte', { relative: 'lastNDays', n: 7 }),
      true,
    ],
    ['weeks from Monday', { date_data: '2026-11-16' }, leaf('date_data', 'eq', { relative: 'thisWeek' }), true],
    ['quarters', { date_data: '2026-09-30' }, leaf('date_data', 'eq', { relative: 'lastQuarter' }), true],
    ['after a period', { date_data: '2026-11-30' }, leaf('date_data', 'gt', { relative: 'thisMonth' }), false],
    ['me', { ownerId: people[0] }, leaf('ownerId', 'eq', { me: true }), true],
    ['accents and case', { name: 'Zoë Ángel' }, leaf('name', 'contains', 'E ang'), true],
    ['no wildcards', { name: 'Zoë' }, leaf('name', 'contains', 'z%'), false],
    ['labels for options', { status: 'new' }, leaf('status', 'eq', 'NEW'), true],
    ['absent values are not equal', { status: null }, leaf('status', 'ne', 'new'), true],
    ['absent values are not less', { number_data: null }, leaf('number_data', 'lt', 5), false],
    ['an option of several', { multiselect_data: ['new', 'won'] }, leaf('multiselect_data', 'contains', 'won'), true],
    ['linked ids', { owner: { id: people[1] } }, leaf('owner', 'in', [people[1]]), true],
    ['equal to nothing', { name: null }, leaf('name', 'eq', ''), true],
    ['false for empty', { name: 'a' }, leaf('name', 'empty', false), true],
  ])('%s', (_, record, input, result) => expect(matches(input, record)).toBe(result))
})
