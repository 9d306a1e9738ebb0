import type { FieldMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import type { FormatContext } from '../../../fields/format.ts'
import { cellText } from './cellText.ts'
import { readCell } from './readCell.ts'

const context = (locale: string): FormatContext => ({
  locale,
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  phone: (number: string) => number,
  members: new Map([
    ['u1', 'Ana García'],
    ['u2', 'Bo'],
    ['u3', 'Bo'],
  ]),
  words: { yes: 'Yes', no: 'No' },
})
const english = context('en-GB')
const options = [
  { value: 'new', label: 'New' },
  { value: 'red, blue', label: 'Red, blue' },
  { value: 'old', label: 'Alt', labels: { es: 'Añejo' } },
]
const field = (type: FieldMeta['type'], more: object = {}) =>
  ({ key: 'f', type, options, ...more }) as unknown as FieldMeta

describe('a cell', () => {
  it.each([
    ['text', ' two\r\n lines ', { value: 'two lines' }],
    ['text', "'=SUM(A1)", { value: '=SUM(A1)' }],
    ['longtext', 'two\nlines', { value: 'two\nlines' }],
    ['richtext', 'a < b\nc', { value: '<p>a &lt; b</p><p>c</p>' }],
    ['integer', '7', { value: 7 }],
    ['integer', 'many', { expected: 'number' }],
    ['percent', '12.5 %', { value: 12.5 }],
    ['money', '€1,200.50', { value: { amount: '1200.50', currency: 'EUR' } }],
    ['money', '10 USD', { value: { amount: '10', currency: 'USD' } }],
    ['money', 'free', { expected: 'money' }],
    ['boolean', 'Sí', { value: true }],
    ['boolean', 'maybe', { expected: 'yesNo' }],
    ['date', '31/12/2026', { value: '2026-12-31' }],
    ['date', 'soon', { expected: 'date' }],
    ['datetime', '2026-07-01 10:00', { value: '2026-07-01T08:00:00.000Z' }],
    ['time', '2pm', { value: '14:00' }],
    ['duration', '1:30', { value: 90 }],
    ['select', 'anejo', { value: 'old' }],
    ['select', 'none of them', { expected: 'option' }],
    ['multiselect', 'New, Alt', { value: ['new', 'old'] }],
    ['multiselect', 'red, BLUE', { value: ['red, blue'] }],
    ['multiselect', 'New; what', { expected: 'option' }],
    ['tags', 'New, own', { value: ['new', 'own'] }],
    ['user', 'ana garcia', { value: 'u1' }],
    ['user', 'Bo', { expected: 'person' }],
    ['relation', 'Acme; Co', { titles: ['Acme; Co'] }],
    ['json', '{"a":1}', { value: { a: 1 } }],
    ['json', '{', { expected: 'json' }],
    ['file', 'x.pdf', { expected: 'nothing' }],
    ['integer', '  ', { value: null }],
  ] as const)('of the type %s reads “%s”', (type, text, reading) => {
    expect(readCell(field(type), text, english)).toEqual(reading)
  })

  it('leads to several records where the relation does', () => {
    expect(readCell(field('relation', { relation: { many: true } }), 'Acme; Co', english)).toEqual({
      titles: ['Acme', 'Co'],
    })
  })

  it.each([
    ['integer', 12_000],
    ['number', 0.25],
    ['percent', 12.5],
    ['money', { amount: '1234.50', currency: 'EUR' }],
    ['money', { amount: '-3.00', currency: 'USD' }],
    ['boolean', true],
    ['date', '2026-02-03'],
    ['datetime', '2026-07-01T08:05:00.000Z'],
    ['time', '09:30'],
    ['duration', 95],
    ['rating', 4],
    ['select', 'old'],
    ['multiselect', ['new', 'red, blue']],
    ['tags', ['new', 'own']],
    ['user', 'u1'],
    ['phone', '+34600111222'],
    ['text', '=1+1'],
    ['longtext', 'a\nb'],
  ] as const)('of the type %s holds what was copied from it: %j', (type, value) => {
    for (const locale of ['en-GB', 'en-US', 'es-ES', 'de-DE']) {
      const there = context(locale)
      expect(readCell(field(type), cellText(field(type), value, there), there)).toEqual({ value })
    }
  })
})
