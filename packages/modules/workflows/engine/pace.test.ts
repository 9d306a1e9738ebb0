/** How long a transaction goes on, by a clock that is moved. */
import { expect, it } from 'vitest'
import { loadedTogether } from './noted.ts'
import { Pace } from './pace.ts'

it('ends the walks of a wave once it is late, after a few steps in any case', () => {
  let now = 1_000
  const pace = new Pace(() => now)
  const [alone, oneOfFive, oneOfMany] = [pace.of(1), pace.of(5), pace.of(50)]
  expect([alone(99), alone(100), oneOfFive(99), oneOfFive(100), oneOfMany(9), oneOfMany(10)]).toEqual([
    ...[true, false, true, false],
    ...[true, false],
  ])
  now += 101
  expect([alone(9), alone(10), oneOfFive(1), oneOfFive(2), oneOfMany(0), oneOfMany(1)]).toEqual([
    ...[true, false, true, false],
    ...[true, false],
  ])
  expect(pace.isOver).toBe(true)
})

it('begins no wave after as many steps as one transaction has', () => {
  const pace = new Pace(() => 0)
  pace.count(499)
  expect(pace.isOver).toBe(false)
  pace.count(1)
  expect(pace.isOver).toBe(true)
})

it('loads as many ledgers as fit into memory together, and the first whatever its size', () => {
  const megabytes = (sizes: number[]) =>
    loadedTogether(
      sizes.map((_, n) => ({ id: `r${n}` })),
      new Map(sizes.map((size, n) => [`r${n}`, size * 1024 ** 2])),
    ).map(({ id }) => id)
  expect(megabytes([0, 8, 4, 5, 4, 0])).toEqual(['r0', 'r1', 'r2', 'r4', 'r5'])
  expect(megabytes([20, 1, 0])).toEqual(['r0'])
})
