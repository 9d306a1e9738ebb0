import type { Filter, ObjectMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { plainField } from '../fields/plainField.ts'
import { allOf, into, wayTo } from './drill.ts'

const open: Filter = { field: 'status', op: 'eq', value: 'Open' }
const mine: Filter = { field: 'ownerId', op: 'eq', value: { me: true } }
const ill: Filter = { field: 'illness', op: 'eq', value: 'Flu' }
const patients = {
  slug: 'patients',
  fields: [{ ...plainField('illness', 'text', 'Illness', { access: 'read' }), phi: true }],
} as ObjectMeta

describe('the way to the records behind a figure', () => {
  it('asks for all of its filters at once, on one level', () => {
    expect(allOf(null, undefined)).toBeNull()
    expect(allOf(open, null)).toEqual(open)
    expect(allOf({ and: [open, mine] }, ill)).toEqual({ and: [open, mine, ill] })
  })

  it('leads into a part, and nowhere where the part cannot be asked for', () => {
    const drill = { object: 'patients', filter: open }
    expect(into(drill, mine)).toEqual({ object: 'patients', filter: { and: [open, mine] } })
    expect(into(drill, mine, null)).toBeNull()
    expect(into(null, mine)).toBeNull()
  })

  it('holds the filter in the address', () => {
    const { to, keep } = wayTo({ object: 'patients', filter: open }, patients, 'a1')
    expect(new URLSearchParams(to.split('?')[1]).get('filter')).toBe(JSON.stringify(open))
    expect(keep).toBeUndefined()
    expect(wayTo({ object: 'patients', filter: null }, patients, 'a1').to).toBe('/o/patients?as=table&filter=none')
  })

  it('keeps a filter over what is protected out of the address', () => {
    const { to, keep } = wayTo({ object: 'patients', filter: { and: [open, ill] } }, patients, 'a1')
    expect(to).toBe('/o/patients?as=table&kept=a1.1')
    expect(keep).toBeDefined()
  })

  it('keeps every filter out of the address while nobody knows what is protected', () => {
    expect(wayTo({ object: 'patients', filter: ill }, undefined, 'a1').to).toBe('/o/patients?as=table&kept=a1.1')
    expect(wayTo({ object: 'patients', filter: null }, undefined, 'a1').keep).toBeUndefined()
  })
})
