import type { ObjectGrants, RoleRules } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import {
  changedParts,
  changesBetween,
  fieldAccess,
  grantFor,
  nextScope,
  scopeOf,
  withField,
  withFilter,
  withoutObject,
  withRelation,
  withScope,
} from './grants.ts'

const rules = (objects: ObjectGrants, others: Partial<RoleRules> = {}): RoleRules => ({
  objects,
  admin: [],
  depth: null,
  forbiddenPaths: [],
  ...others,
})

describe('a cell', () => {
  it('goes from nothing to everything and around', () => {
    expect([null, 'own', 'team', 'location', 'all'].map((scope) => nextScope(scope as 'own'))).toEqual([
      'own',
      'team',
      'location',
      'all',
      null,
    ])
    expect(nextScope(null, -1)).toBe('all')
  })

  it('takes its scope from an own grant, else from that of all others', () => {
    const objects: ObjectGrants = { '*': { read: 'all' }, beds: { read: 'own' } }
    expect(scopeOf(grantFor(objects, 'beds').read)).toBe('own')
    expect(scopeOf(grantFor(objects, 'wards').read)).toBe('all')
    expect(scopeOf(grantFor({}, 'wards').read)).toBeNull()
  })

  it('brings seeing along with changing, and takes changing along when seeing goes', () => {
    expect(withScope({}, 'beds', 'update', 'own')).toEqual({ beds: { update: 'own', read: 'own' } })
    expect(withScope({}, 'beds', 'create', 'all')).toEqual({ beds: { create: 'all' } })
    const seen: ObjectGrants = { beds: { read: 'all', create: 'all', update: 'own', export: 'all' } }
    expect(withScope(seen, 'beds', 'read', null)).toEqual({ beds: { create: 'all' } })
    expect(withScope(seen, 'beds', 'update', 'all').beds).toMatchObject({ read: 'all', update: 'all' })
  })

  it('keeps its filter when the scope changes', () => {
    const filter = { field: 'status', op: 'eq', value: 'active' }
    const filtered = withFilter({ beds: { read: 'all' } }, 'beds', 'read', filter)
    expect(filtered).toEqual({ beds: { read: { scope: 'all', filter } } })
    expect(withScope(filtered, 'beds', 'read', 'own')).toEqual({ beds: { read: { scope: 'own', filter } } })
    expect(withFilter(filtered, 'beds', 'read', null)).toEqual({ beds: { read: 'all' } })
  })
})

describe('naming an object', () => {
  it('starts from what all others are allowed, and leaves them alone', () => {
    const objects: ObjectGrants = { '*': { read: 'all', update: 'own' } }
    const changed = withScope(objects, 'beds', 'update', null)
    expect(changed).toEqual({ '*': { read: 'all', update: 'own' }, beds: { read: 'all' } })
    expect(withoutObject(changed, 'beds')).toEqual(objects)
  })

  it('can take everything away where all others are allowed something', () => {
    expect(withScope({ '*': { read: 'all' } }, 'beds', 'read', null)).toEqual({ '*': { read: 'all' }, beds: {} })
    expect(withScope({ beds: { read: 'all' } }, 'beds', 'read', null)).toEqual({})
    expect(withScope({ '*': { read: 'all' } }, '*', 'read', null)).toEqual({})
  })
})

describe('fields and relations', () => {
  it('write nothing down that restricts nothing', () => {
    const hidden = withField({ beds: { read: 'all' } }, 'beds', 'price', 'hidden')
    expect(hidden).toEqual({ beds: { read: 'all', fields: { price: 'hidden' } } })
    expect(fieldAccess(hidden.beds!, 'name')).toBe('write')
    expect(withField(hidden, 'beds', 'price', 'write')).toEqual({ beds: { read: 'all' } })

    const closed = withRelation({ beds: { read: 'all' } }, 'beds', 'ward', { follow: false })
    expect(closed).toEqual({ beds: { read: 'all', relations: { ward: { follow: false } } } })
    expect(withRelation(closed, 'beds', 'ward', { follow: true })).toEqual({ beds: { read: 'all' } })
  })
})

describe('the difference of two states', () => {
  it('names each change once', () => {
    const before = rules(
      { '*': { read: 'all' }, beds: { read: 'own', fields: { price: 'hidden' } } },
      { admin: ['users'] },
    )
    const after = rules(
      { '*': { read: 'all' }, beds: { read: 'team', fields: { price: 'read' } } },
      { admin: ['roles'], depth: 2 },
    )
    expect(changesBetween(before, after)).toEqual([
      { kind: 'action', object: 'beds', action: 'read', before: 'own', after: 'team' },
      { kind: 'field', object: 'beds', field: 'price', before: 'hidden', after: 'read' },
      { kind: 'admin', permission: 'roles', given: true },
      { kind: 'admin', permission: 'users', given: false },
      { kind: 'depth', before: null, after: 2 },
    ])
    expect(Object.keys(changedParts(before, after))).toEqual(['objects', 'admin', 'depth'])
  })

  it('does not count the way there, nor a name that changes nothing', () => {
    const before = rules({ '*': { read: 'all', update: 'own' } })
    const after = rules({ '*': { update: 'own', read: 'all' }, beds: { update: 'own', read: 'all' } })
    expect(changesBetween(before, after)).toEqual([])
    expect(changedParts(before, rules({ '*': { update: 'own', read: 'all' } }))).toEqual({})
  })
})
