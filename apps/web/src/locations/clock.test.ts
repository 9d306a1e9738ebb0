import { expect, it } from 'vitest'
import { clockAfter, minutesOf, parseTime } from './clock.ts'

it.each([
  ['8', '08:00'],
  ['830', '08:30'],
  ['0830', '08:30'],
  ['8:30', '08:30'],
  ['8.30', '08:30'],
  ['8h30', '08:30'],
  [' 18:05 ', '18:05'],
  ['1 pm', '13:00'],
  ['12:30 AM', '00:30'],
  ['12 p.m.', '12:00'],
  ['24:00', '24:00'],
])('reads %s', (text, time) => {
  expect(parseTime(text)).toBe(time)
})

it.each(['', 'noon', '25', '24:01', '8:60', '13 pm', '8:3', '-1'])('reads no time in “%s”', (text) => {
  expect(parseTime(text)).toBeUndefined()
})

it('counts minutes', () => {
  expect(minutesOf('08:30')).toBe(510)
  expect(clockAfter(510)).toBe('08:30')
  expect(minutesOf('soon')).toBeNaN()
})
