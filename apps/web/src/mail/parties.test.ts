import { expect, it } from 'vitest'
import { addressIn, namesIn, writerOf } from './parties.ts'

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

it('reads the address that is answered', () => {
  expect(addressIn('Nora <nora@example.org>')).toBe('nora@example.org')
  expect(addressIn('Nora nora@example.org')).toBe('nora@example.org')
  expect(addressIn('Dr. Wu <wu@bay.example> <x@evil.example>')).toBe('x@evil.example')
  for (const none of ['River Clinic', 'Nora <nora>', 'a@b@c', '', null]) expect(addressIn(none)).toBeUndefined()
})

it('takes a name for itself only of those who wrote here', () => {
  expect(writerOf('Dr. Wu <wu@bay.example>', true)).toBe('Dr. Wu')
  expect(writerOf('Dr. Wu <x@evil.example>', false)).toBe('Dr. Wu <x@evil.example>')
  expect(writerOf('Dr. Wu <wu@bay.example> <x@evil.example>', false)).toContain('<x@evil.example>')
  expect(writerOf(' ', false)).toBeUndefined()
})

it.each([
  [' ', 'b'],
  ['a', ''],
  ['@', ' '],
  ['<', 'b'],
  ['a@', ' x'],
  ['a <', ''],
])('takes not much longer for many times “%s”', (piece, end) => {
  const read = (times: number) => {
    const text = `a${piece.repeat(times)}${end}`
    const cpu = process.cpuUsage()
    namesIn(text)
    addressIn(text)
    return process.cpuUsage(cpu).user / 1_000
  }
  read(10)
  expect(read(4_000)).toBeLessThan(1_000)
})
