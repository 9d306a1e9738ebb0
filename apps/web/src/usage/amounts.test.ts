import { expect, it } from 'vitest'
import { formatBytes, topOf } from './amounts.ts'

it('says bytes in the largest unit that fits', () => {
  expect([0, 900, 1024, 5_242_880, 1_503_238_554, 10 * 1024 ** 3].map((bytes) => formatBytes(bytes, 'en'))).toEqual([
    '0 kB',
    '0.9 kB',
    '1 kB',
    '5 MB',
    '1.4 GB',
    '10 GB',
  ])
})

it('ends a chart at a round number', () => {
  expect([0, 7, 11, 99, 100, 130, 240, 4_999].map(topOf)).toEqual([10, 10, 20, 100, 100, 200, 250, 5_000])
})
