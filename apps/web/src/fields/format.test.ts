import type { FieldMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { type FormatContext, formatRelative, formatValue, isNumeric, plainText } from './format.ts'

const context: FormatContext = {
  locale: 'en-AU',
  timeZone: 'Australia/Sydney',
  currency: 'AUD',
  members: new Map([['u1', 'Ana Ruiz']]),
  words: { yes: 'Yes', no: 'No' },
  phone: (number) => number.replace('+61', '0'),
}

function field(type: FieldMeta['type'], more: Partial<FieldMeta> = {}): FieldMeta {
  return {
    key: 'x',
    label: 'X',
    type,
    resultType: type,
    options: [],
    rules: null,
    currency: null,
    ...more,
  } as FieldMeta
}

const options = [
  { value: 'new', label: 'New' },
  { value: 'done', label: 'Done' },
]

describe('formatValue', () => {
  it.each([
    [field('text'), 'plain', 'plain'],
    [field('integer'), 1234567, '1,234,567'],
    [field('percent'), 12.5, '12.5%'],
    [field('money'), { amount: '1200.50', currency: 'AUD' }, '$1,200.50'],
    [field('money'), { amount: '90071992547409931.25', currency: 'AUD' }, '$90,071,992,547,409,931.25'],
    [field('boolean'), false, 'No'],
    [field('date'), '2026-03-01', '1 Mar 2026'],
    [field('duration'), 90, '1 h 30 min'],
    [field('select', { options }), 'done', 'Done'],
    [field('select', { options }), 'gone', 'gone'],
    [field('multiselect', { options }), ['new', 'done'], 'New, Done'],
    [field('user'), 'u1', 'Ana Ruiz'],
    [field('relation'), { id: '1', object: 'doctors', title: 'Dr Lee' }, 'Dr Lee'],
    [
      field('address'),
      { street: '1 High St', city: 'Hobart', postalCode: '7000', country: null },
      '1 High St, 7000 Hobart',
    ],
    [field('phone'), '+61362345678', '0362345678'],
    [field('rating'), 4, '4/5'],
    [field('richtext'), '<p>Hello <b>there</b></p>', 'Hello there'],
    [field('formula', { resultType: 'integer' }), 1000, '1,000'],
  ])('%o', (meta, value, expected) => {
    expect(formatValue(meta, value, context)).toBe(expected)
  })

  it('shows a moment in the zone of the workspace', () => {
    expect(formatValue(field('datetime'), '2026-06-30T22:30:00Z', context)).toMatch(/^1 July? 2026, 8:30/)
  })

  it('shows nothing for nothing, whatever the type', () => {
    for (const empty of [null, undefined, '', []]) expect(formatValue(field('number'), empty, context)).toBe('')
  })
})

describe('isNumeric', () => {
  it('follows what a computed field results in', () => {
    expect(isNumeric(field('formula', { resultType: 'money' }))).toBe(true)
    expect(isNumeric(field('formula', { resultType: 'text' }))).toBe(false)
  })
})

describe('plainText', () => {
  it('keeps the words and reads escaped characters once', () => {
    expect(plainText('<p>a &amp;lt; b</p><p>c</p>')).toBe('a &lt; b c')
  })
})

describe('formatRelative', () => {
  const now = new Date('2026-06-15T12:00:00Z')
  it.each([
    ['2026-06-15T11:59:40Z', 'now'],
    ['2026-06-15T11:55:00Z', '5 minutes ago'],
    ['2026-06-14T11:00:00Z', 'yesterday'],
    ['2025-06-10T11:00:00Z', 'last year'],
  ])('%s is %s', (moment, words) => {
    expect(formatRelative(moment, 'en', now)).toBe(words)
  })
})
