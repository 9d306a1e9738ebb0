import { expect, it } from 'vitest'
import { idleState, isPresenceDue } from './idleTime.ts'

const minutes = (count: number) => count * 60_000

it('warns a minute before the end', () => {
  expect(idleState(0, minutes(8.9), 10)).toBe('active')
  expect(idleState(0, minutes(9), 10)).toBe('warned')
  expect(idleState(0, minutes(10), 10)).toBe('over')
})

it('tells the server of people who only read or type', () => {
  expect(isPresenceDue(minutes(6), 0, minutes(6), 15)).toBe(true)
  expect(isPresenceDue(minutes(4), 0, minutes(4), 15)).toBe(false)
  expect(isPresenceDue(minutes(1), minutes(2), minutes(9), 15)).toBe(false)
})
