import { describe, expect, it } from 'vitest'
import type { FieldType } from '../definition.ts'
import { displayText, parseValue, searchText, type ValueContext, type ValueField } from './index.ts'

const context: ValueContext = { currency: 'AUD', country: 'AU', today: '2026-05-01', timeZone: 'Australia/Sydney' }

const options = [
  { value: 'new', label: { en: 'New', es: 'Nuevo' } },
  { value: 'active', label: { en: 'Active', es: 'Activo' } },
]

const field = (type: FieldType, more: Partial<ValueField> = {}): ValueField => ({
  type,
  optionByValue: new Map(options.map((option) => [option.value, option])),
  ...more,
})

const parse = (type: FieldType, input: unknown, more: Partial<ValueField> = {}): unknown => {
  const parsed = parseValue(field(type, more), input, context)
  return parsed.ok ? parsed.value : { refused: parsed.message }
}
const refused = (text: string) => ({ refused: expect.stringContaining(text) })
const id = '0190a3c4-7b1e-7c3d-8a2f-1234567890ab'

const types = [
  'text',
  'number',
  'percent',
  'money',
  'datetime',
  'duration',
  'email',
  'phone',
  'url',
  'address',
] as const

/** type, input, canonical value */
const accepted: [FieldType, unknown, unknown][] = [
  ['text', '  Zoë\u0301 ', 'Zoë\u0301'.normalize('NFC')],
  ['text', '   ', null],
  ['text', 'e\u0301', '\u00e9'],
  ['text', '山田太郎 👩🏽‍⚕️', '山田太郎 👩🏽‍⚕️'],
  ['longtext', 'one\r\ntwo\tx', 'one\ntwo\tx'],
  ['richtext', '<p onclick=x>Hi <b>you</p><script>alert(1)</script>', '<p>Hi <b>you</b></p>'],
  ['number', '12.5', 12.5],
  ['number', -0, 0],
  ['integer', '42', 42],
  ['percent', '12.5 %', 12.5],
  ['rating', 5, 5],
  ['duration', 'PT1H30M', 90],
  ['duration', 'P1DT5M', 1445],
  ['money', 120.5, { amount: '120.50', currency: 'AUD' }],
  ['money', '007', { amount: '7.00', currency: 'AUD' }],
  ['money', { amount: '-0.5', currency: 'eur' }, { amount: '-0.50', currency: 'EUR' }],
  ['money', { amount: 1500, currency: 'JPY' }, { amount: '1500', currency: 'JPY' }],
  ['money', { amount: '1.5', currency: 'KWD' }, { amount: '1.500', currency: 'KWD' }],
  ['money', '999999999999999.99', { amount: '999999999999999.99', currency: 'AUD' }],
  ['boolean', 'TRUE', true],
  ['boolean', false, false],
  ['date', '2024-02-29', '2024-02-29'],
  ['date', '0001-01-01', '0001-01-01'],
  ['datetime', '2026-01-01T10:00:00+10:00', '2026-01-01T00:00:00.000Z'],
  ['datetime', '2026-01-15 09:30', '2026-01-14T22:30:00.000Z'],
  ['datetime', '2026-07-15T09:30:15.123456Z', '2026-07-15T09:30:15.123Z'],
  ['datetime', '2026-10-04T02:30', '2026-10-03T16:30:00.000Z'],
  ['time', '09:30', '09:30'],
  ['time', '09:30:00', '09:30'],
  ['time', '09:30:15', '09:30:15'],
  ['select', 'active', 'active'],
  ['select', 'NUEVO', 'new'],
  ['multiselect', ['Activo', 'new', 'active'], ['active', 'new']],
  ['multiselect', [], null],
  ['tags', [' vip ', 'vip', ''], ['vip']],
  ['email', ' Ana.Lopez+x@Example.COM ', 'ana.lopez+x@example.com'],
  ['email', 'jörg@müller.example', 'jörg@müller.example'],
  ['phone', '0412 345 678', '+61412345678'],
  ['phone', '+1 (555) 010-0123', '+15550100123'],
  ['phone', '0034 612 345 678', '+34612345678'],
  ['url', 'example.com/a?b=c', 'https://example.com/a?b=c'],
  ['url', 'http://münchen.example', 'http://münchen.example'],
  ['address', '1 Main St\nLevel 2', { street: '1 Main St, Level 2' }],
  ['address', { city: 'Sydney', country: '' }, { city: 'Sydney' }],
  ['address', {}, null],
  ['user', id.toUpperCase(), id],
  ['relation', { id, title: 'Dr Who' }, id],
  ['file', { id, name: 'scan.pdf', size: 3, type: 'application/pdf' }, id],
  ['checklist', [{ id: 'a', text: ' cellar ', done: true }], [{ id: 'a', text: 'cellar', done: true }]],
  ['checklist', [{ id: 'a', text: '' }], null],
  ['json', { a: [1, null, 'x'] }, { a: [1, null, 'x'] }],
  ['number', null, null],
  ['select', '', null],
]

/** type, input, part of the message, more of the field */
const refusals: [FieldType, unknown, string, Partial<ValueField>?][] = [
  ['text', 5, 'must be text'],
  ['text', 'a\0b', 'control characters'],
  ['text', 'a\nb', 'one line'],
  ['text', 'a\ud800', 'half a character'],
  ['text', 'x'.repeat(501), 'at most 500 characters, not 501'],
  ['text', 'ab', 'at least 3 characters', { rules: { minLength: 3 } }],
  ['text', 'ab1', 'must match the pattern [a-z]+', { rules: { pattern: '[a-z]+' } }],
  ['number', '12,5', 'must be a number such as 12.5'],
  ['number', Number.POSITIVE_INFINITY, 'must be a number'],
  ['number', 1.234, 'at most 2 digits', { rules: { decimals: 2 } }],
  ['number', 101, 'must be 100 or less', { rules: { max: 100 } }],
  ['integer', 1.5, 'whole number'],
  ['integer', 2 ** 53, 'between'],
  ['rating', 6, 'must be 5 or less'],
  ['duration', -5, 'must be 0 or more'],
  ['duration', 'PT', 'PT1H30M'],
  ['money', '1.005', 'at most 2 digits after the point (AUD)'],
  ['money', 0.1 + 0.2, 'at most 2 digits'],
  ['money', '1,200.50', 'such as 120.50'],
  ['money', 1e21, 'at most 15 digits'],
  ['money', { amount: '1', currency: 'XX1' }, 'ISO 4217'],
  ['money', { amount: '1', curency: 'AUD' }, 'unknown part "curency"'],
  ['boolean', 'yes', 'true or false'],
  ['date', '2026-02-30', 'not a day of the calendar'],
  ['date', '30/04/2026', 'such as 2026-04-30'],
  ['date', '0000-01-01', 'not a day'],
  ['date', '2026-05-02', 'must not be after 2026-05-01', { rules: { notAfter: 'today' } }],
  ['datetime', '2026-01-01', 'must be a date and time'],
  ['datetime', '2026-01-01T25:00Z', 'must be a date and time'],
  ['datetime', '0001-01-01T00:00+10:00', 'between the years'],
  ['time', '24:00', 'such as 09:30'],
  ['select', 'closed', 'is not one of New, Active'],
  ['multiselect', 'active', 'list of options'],
  ['multiselect', ['active', 'x'], 'is not one of New, Active (item 2)'],
  ['tags', ['x'.repeat(61)], 'at most 60'],
  ['email', 'ana@localhost', 'e-mail address'],
  ['email', 'a..b@example.com', 'e-mail address'],
  ['phone', '123', 'phone number of this country (Australia)'],
  ['phone', 'call me', 'country code'],
  ['phone', '+61 2 9374 4000 ext. 12', 'without an extension'],
  ['url', 'javascript:alert(1)', 'web address'],
  ['url', 'https://user:pass@example.com', 'password'],
  ['address', { zip: '2000' }, 'unknown part "zip"'],
  ['user', 'me', 'UUID'],
  ['relation', [id], 'not a list'],
  ['file', 'scan.pdf', 'the id of a file'],
  ['file', [id], 'not a list'],
  ['checklist', 5, 'list of items'],
  ['checklist', [{ text: 'a' }, { text: 5 }], 'it must be text (item 2)'],
  ['checklist', [{ text: 'a', done: 'yes' }], 'true or false (item 1)'],
  ['checklist', [{ text: 'a', colour: 'red' }], '“colour” (item 1)'],
  ['checklist', [{ text: 'x'.repeat(501) }], 'at most 500 characters (item 1)'],
  ['checklist', [{ id: 'a b', text: 'a' }], 'letters, digits'],
  ['checklist', Array(201).fill({ text: 'a' }), 'at most 200 items, not 201'],
  [
    'checklist',
    [
      { id: 'a', text: 'a' },
      { id: 'a', text: 'b' },
    ],
    'two items with the id',
  ],
  ['json', JSON.parse('['.repeat(21) + ']'.repeat(21)), 'deeper than 20'],
  ['json', { a: 'x'.repeat(70_000) }, '64 KB'],
  ['json', { a: '\0' }, 'NUL'],
  ['formula', 1, 'filled in by the system'],
  ['autonumber', 'A-1', 'filled in by the system'],
]

describe('parseValue', () => {
  it.each(accepted)('%s takes %j as %j', (type, input, value) => expect(parse(type, input)).toEqual(value))

  it.each(refusals)('%s refuses %j: %s', (type, input, message, more) =>
    expect(parse(type, input, more)).toEqual(refused(message)),
  )

  it('takes a list of records where a relation points at many', () => {
    const many = {
      relation: { object: 'doctors', many: true, inverse: { key: 'patients', label: { en: 'Patients' } } },
    }
    expect(parse('relation', [id, { id }], many)).toEqual([id])
    expect(parse('relation', id, many)).toEqual([id])
  })

  it.each(types)('%s takes no longer for a text of spaces than for others', (type) => {
    const hostile = `x${' '.repeat(200_000)}x`
    const begun = performance.now()
    parse(type, hostile)
    parse(type, { street: hostile })
    expect(performance.now() - begun).toBeLessThan(1_000)
  })

  it('gives back every canonical value as it is', () => {
    for (const [type, , value] of accepted) expect(parse(type, value)).toEqual(value)
  })
})

describe('searchText and displayText', () => {
  it('finds an option by its words in every language', () => {
    expect(searchText(field('select'), 'new')).toBe('new new nuevo')
    expect(displayText(field('select'), 'new', 'es')).toBe('Nuevo')
  })

  it('finds a phone as it is dialled at home', () => {
    expect(searchText(field('phone'), '+61412345678')).toBe('+61412345678 0412345678')
  })

  it('shows values as people write them', () => {
    expect(displayText(field('money'), { amount: '1200.50', currency: 'AUD' }, 'en-AU')).toBe('$1,200.50')
    expect(displayText(field('duration'), 90, 'en')).toBe('1 h 30 min')
    expect(displayText(field('integer'), 2002, 'en')).toBe('2,002')
    expect(displayText(field('integer', { rules: { ungrouped: true } }), 2002, 'en')).toBe('2002')
    expect(displayText(field('boolean'), true, 'es')).toBe('Sí')
    expect(displayText(field('date'), '2026-04-30', 'en-GB')).toBe('30 Apr 2026')
    expect(displayText(field('relation'), { id, title: 'Dr Who' }, 'en')).toBe('Dr Who')
    expect(displayText(field('richtext'), '<p>a &lt; b</p><p>c</p>', 'en')).toBe('a < b c')
  })
})
