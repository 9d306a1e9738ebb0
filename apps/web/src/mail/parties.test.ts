import { expect, it } from 'vitest'
import { namesIn } from './parties.ts'

it('names people as e-mails do, and those without a name by their address', () => {
  expect(namesIn('Nora Quist <nora@example.org>, tom@example.org, Böll, Ida <ida@example.org>')).toEqual([
    'Nora Quist',
    'tom@example.org',
    'Böll, Ida',
  ])
  expect(namesIn('<nora@example.org>')).toEqual(['nora@example.org'])
  expect(namesIn('nora@example.org <nora@example.org>')).toEqual(['nora@example.org'])
  expect(namesIn('River Clinic')).toEqual(['River Clinic'])
  expect(namesIn(null)).toEqual([])
})
