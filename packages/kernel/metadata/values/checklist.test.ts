import { describe, expect, it } from 'vitest'
import type { CheckItem } from './checklist.ts'
import { convertValue, isConvertible } from './convert.ts'
import { displayText, parseValue, searchText } from './registry.ts'
import type { StoredValue, ValueField } from './value-type.ts'

const field: ValueField = { type: 'checklist', optionByValue: new Map() }
const text: ValueField = { ...field, type: 'longtext' }
const context = { currency: 'EUR', today: '2026-11-21', timeZone: 'UTC', locale: 'en' }
const parsed = (input: unknown): CheckItem[] => {
  const result = parseValue(field, input, context)
  if (!result.ok) throw new Error(result.message)
  return result.value as CheckItem[]
}
const told = (items: CheckItem[]) => items.map(({ text, done }) => [text, done])

describe('a checklist', () => {
  it('is read from lines of text as they are written by hand, and written so', () => {
    const items = parsed('[x] cellar\n[ ] attic\n\n- [X] garden\n* hall\nroof [x]')
    expect(told(items)).toEqual([
      ['cellar', true],
      ['attic', false],
      ['garden', true],
      ['hall', false],
      ['roof [x]', false],
    ])
    const written = displayText(field, items as unknown as StoredValue, 'en')
    expect(written).toBe('[x] cellar\n[ ] attic\n[x] garden\n[ ] hall\n[ ] roof [x]')
    expect(parsed(written)).toEqual(items)
    expect(searchText(field, items as unknown as StoredValue)).toContain('garden')
  })

  it('names its items by their texts, each once, and keeps the names that they have', () => {
    const items = parsed([{ text: 'call' }, { text: 'call' }, { id: 'mine', text: 'call', done: true }])
    expect(new Set(items.map(({ id }) => id)).size).toBe(3)
    expect(items[2]).toEqual({ id: 'mine', text: 'call', done: true })
    expect(parsed(['call', 'call'])).toEqual(items.slice(0, 2))
    expect(parsed(items)).toEqual(items)
  })

  it('is made of a text and becomes one', () => {
    expect(isConvertible('longtext', 'checklist') && isConvertible('checklist', 'longtext')).toBe(true)
    const made = convertValue(text, field, '[x] cellar\nattic', context)
    expect(made.ok && told(made.value as unknown as CheckItem[])).toEqual([
      ['cellar', true],
      ['attic', false],
    ])
    const back = convertValue(field, text, parsed('[x] cellar\nattic') as unknown as StoredValue, context)
    expect(back).toEqual({ ok: true, value: '[x] cellar\n[ ] attic' })
    expect(convertValue(text, field, 'x\n'.repeat(201), context).ok).toBe(false)
  })
})
