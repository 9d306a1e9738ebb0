import { expect, it } from 'vitest'
import { asList, byRole, isComplete } from './heldRoles.ts'

const north = { key: 'nurse', locationId: 'north' }
const south = { key: 'nurse', locationId: 'south' }
const manager = { key: 'manager', locationId: null }

it('puts the locations of a role together, and takes them apart again', () => {
  const held = byRole([north, manager, south])
  expect(held).toEqual({ nurse: ['north', 'south'], manager: 'everywhere' })
  expect(asList(held)).toEqual([north, south, manager])
})

it('needs no locations for a role that is held everywhere', () => {
  expect(byRole([north, { key: 'nurse', locationId: null }, south])).toEqual({ nurse: 'everywhere' })
})

it('wants at least one role, and at least one location for each that is not held everywhere', () => {
  expect(isComplete({})).toBe(false)
  expect(isComplete({ nurse: [], manager: 'everywhere' })).toBe(false)
  expect(isComplete({ nurse: ['north'] })).toBe(true)
})
