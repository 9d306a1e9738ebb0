import { describe, expect, it } from 'vitest'
import type { FieldDefinition } from '../definition.ts'
import { checkFieldDefinition } from './index.ts'

const field = (more: Partial<FieldDefinition>): FieldDefinition => ({
  key: 'full_name',
  label: { en: 'X' },
  type: 'text',
  ...more,
})
const option = (value: string) => ({ value, label: { en: value } })
const inverse = { key: 'patients', label: { en: 'Patients' } }

const good: Partial<FieldDefinition>[] = [
  {},
  { type: 'select', options: [option('a'), option('b')], default: 'b' },
  { type: 'relation', relation: { object: 'doctors', inverse } },
  { type: 'number', rules: { min: 0, max: 10, decimals: 2 }, default: 5 },
  { type: 'text', rules: { pattern: '[A-Z]{2}\\d+' }, default: 'AB1' },
  { type: 'user', rules: { exclusive: true } },
  {
    type: 'relation',
    relation: { object: 'a', inverse: { key: 'b', label: { en: 'B' } } },
    rules: { exclusive: 'refuse' },
  },
  { type: 'integer', rules: { ungrouped: true } },
  { type: 'date', rules: { notAfter: 'today' }, default: 'today' },
  { type: 'money', currency: 'AUD', default: '10' },
]

const bad: [Partial<FieldDefinition>, part: string, message: string][] = [
  [{ key: 'FullName' }, 'key', 'snake_case'],
  [{ key: 'a'.repeat(64) }, 'key', 'at most 63'],
  [{ key: 'id' }, 'key', 'name of the system'],
  [{ key: 'title' }, 'key', 'role "title"'],
  [{ type: 'colour' as 'text' }, 'type', 'must be one of text'],
  [{ label: { en: ' ' } }, 'label', 'must have a text'],
  [{ type: 'select' }, 'options', 'at least one option'],
  [{ type: 'select', options: [option('a'), option('a')] }, 'options', '"a" twice'],
  [{ options: [option('a')] }, 'options', 'only select'],
  [{ type: 'relation' }, 'relation', 'must name the object'],
  [{ rules: { min: 1 } }, 'rules.min', 'means nothing for the type text'],
  [{ type: 'date', rules: { exclusive: true } }, 'rules.exclusive', 'means nothing for the type date'],
  [{ rules: { pattern: '(?=x)' } }, 'rules.pattern', 'RE2'],
  [{ rules: { minLength: 5, maxLength: 2 } }, 'rules.minLength', 'not be more than maxLength'],
  [{ rules: { maxLength: 1e6 } }, 'rules.maxLength', '2000 or less'],
  [{ type: 'date', rules: { notAfter: 'tomorrow' } }, 'rules.notAfter', '"today" or a date'],
  [{ type: 'number', default: 'many' }, 'default', 'must be a number'],
  [{ type: 'money', currency: 'AU$' }, 'currency', 'ISO 4217'],
]

describe('checkFieldDefinition', () => {
  it.each(good)('takes %j', (more) => expect(checkFieldDefinition(field(more))).toEqual([]))

  it.each(bad)('refuses %j: %s', (more, part, message) => {
    expect(checkFieldDefinition(field(more))).toEqual([{ field: part, message: expect.stringContaining(message) }])
  })

  it('lets the field that fills the role title be called title', () => {
    expect(checkFieldDefinition(field({ key: 'title' }), { title: 'title' })).toEqual([])
  })
})
