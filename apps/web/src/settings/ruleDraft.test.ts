import type { ObjectMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { draftOfRule, emptyRule, isComplete, ruleInput, rulesWith } from './ruleDraft.ts'

const paid = { field: 'paid', op: 'eq', value: true }
const rule = {
  key: 'has_date',
  message: 'Say when',
  messages: { en: 'Say when', es: 'Diga cuándo' },
  when: paid,
  check: 'paid_on <= today()',
  field: 'paid_on',
  active: true,
}
const object = {
  rules: [rule, { ...rule, key: 'other', when: undefined, check: paid, field: null }],
} as unknown as ObjectMeta

describe('a rule', () => {
  it('comes back as it was', () => {
    const { message, messages, ...others } = rule
    expect(ruleInput(draftOfRule(rule), [])).toEqual({ ...others, message: messages })
  })

  it('is complete with a message and a check', () => {
    expect(isComplete(emptyRule())).toBe(false)
    expect(isComplete({ ...emptyRule(), messages: { en: '', es: 'No' }, filter: paid })).toBe(true)
    expect(isComplete({ ...emptyRule(), messages: { en: 'No' }, by: 'formula', filter: paid })).toBe(false)
  })
})

describe('the list', () => {
  it('takes a new rule at its end, under a key of its own', () => {
    const draft = { ...emptyRule(), messages: { en: 'Has date' }, filter: paid }
    expect(rulesWith(object, '', draft).map(({ key }) => key)).toEqual(['has_date', 'other', 'has_date_2'])
  })

  it('replaces one, and lets one go', () => {
    const changed = { ...draftOfRule(rule), active: false }
    expect(rulesWith(object, 'has_date', changed).map(({ key, active }) => [key, active])).toEqual([
      ['has_date', false],
      ['other', true],
    ])
    expect(rulesWith(object, 'has_date', null).map(({ key }) => key)).toEqual(['other'])
  })
})
