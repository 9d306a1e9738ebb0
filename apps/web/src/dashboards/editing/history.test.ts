import { expect, it } from 'vitest'
import { begun, changed, redone, undone } from './history.ts'

it('changes are taken back and done again, until something else is changed', () => {
  const third = changed(changed(begun('a'), 'b'), 'c')
  expect(undone(undone(undone(third))).present).toBe('a')
  expect(redone(undone(third)).present).toBe('c')
  expect(redone(changed(undone(third), 'd')).present).toBe('d')
})

it('what is the same is no change', () => {
  const start = begun('a')
  expect(changed(start, 'a')).toBe(start)
  expect(redone(undone(start))).toEqual(start)
})
