import type { Team } from '@oneforge/client'
import { expect, it } from 'vitest'
import { teamTree, withDescendants } from './teamTree.ts'

const team = (id: string, parentId: string | null = null): Team => ({
  id,
  name: id,
  parentId,
  members: [],
  memberCount: 0,
})
const teams = [team('clinic'), team('nurses', 'clinic'), team('night', 'nurses'), team('lost', 'unknown')]

it('puts each team under its parent', () => {
  const [clinic, lost] = teamTree(teams)
  expect(clinic?.children.map(({ id, children }) => [id, children.map((child) => child.id)])).toEqual([
    ['nurses', ['night']],
  ])
  expect(lost?.id).toBe('lost')
})

it('knows what lies below a team', () => {
  expect(withDescendants(teams, 'clinic')).toEqual(['clinic', 'nurses', 'night'])
  expect(withDescendants(teams, 'night')).toEqual(['night'])
})
