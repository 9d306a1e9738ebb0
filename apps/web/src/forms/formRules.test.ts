import type { FieldMeta, ValidationRule } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { brokenRules, namesAsked, shownFields, shownValues } from './formRules.ts'
import type { Asker, Facts } from './matches.ts'

const asker: Asker = { me: 'u1', now: new Date('2026-11-21T01:00:00Z'), timeZone: 'UTC', currency: 'EUR' }
const eq = (field: string, value: unknown) => ({ field, op: 'eq', value })

function field(key: string, more: Partial<FieldMeta> = {}): FieldMeta {
  const type = more.type ?? 'text'
  return { key, type, resultType: type, required: false, options: [], conditions: null, ...more } as FieldMeta
}
const choices = ['a', 'b', 'c'].map((value) => ({ value, label: value }))
const fields = [
  field('kind'),
  field('vat', { conditions: { visible: eq('kind', 'firm'), required: eq('country', 'ES') } }),
  field('country', {
    type: 'select',
    options: choices,
    conditions: { options: [{ when: eq('kind', 'firm'), values: ['b'] }] },
  }),
  field('closed_on', { type: 'date', conditions: { readOnly: eq('doctor.active', false) } }),
]

function facts(values: Record<string, unknown>, doctor?: Record<string, unknown>): Facts {
  return {
    values,
    field: (key) => fields.find((one) => one.key === key) ?? field(key, { type: 'boolean' }),
    follow: () => (doctor ? [facts(doctor)] : []),
  }
}
const shown = (now: Facts, initial = now) => shownFields(fields, initial, now, asker)
const keysOf = (now: Facts) => shown(now).map(({ field: { key } }) => key)

describe('a form', () => {
  it('shows a field while its condition holds, and needs it while another does', () => {
    expect(keysOf(facts({}))).toEqual(['kind', 'country', 'closed_on'])
    const firm = facts({ kind: 'firm', country: 'ES' })
    expect(shown(firm)[1]).toMatchObject({ field: { key: 'vat', required: true } })
    expect(shown(facts({ kind: 'firm' }))[1]).toMatchObject({ field: { key: 'vat', required: false } })
  })

  it('offers only the options of the first limit that holds', () => {
    const optionsOf = (now: Facts) => shown(now).find(({ field: { key } }) => key === 'country')!.field.options
    expect(optionsOf(facts({}))).toHaveLength(3)
    expect(optionsOf(facts({ kind: 'firm' })).map(({ value }) => value)).toEqual(['b'])
  })

  it('locks what was locked to begin with and still is', () => {
    const away = facts({}, { active: false })
    const lockedOf = (now: Facts, initial?: Facts) => shown(now, initial).at(-1)!.locked
    expect(lockedOf(away)).toBe(true)
    expect(lockedOf(away, facts({}))).toBe(false)
  })

  it('sends nothing of what is hidden', () => {
    expect(shownValues({ vat: 'X1', kind: 'x', country: '' }, fields, facts({ kind: 'x' }), asker)).toEqual({
      kind: 'x',
    })
  })
})

describe('rules', () => {
  const rule = (more: Partial<ValidationRule>): ValidationRule =>
    ({ key: 'r', message: 'Say why', field: null, active: true, check: eq('kind', 'firm'), ...more }) as ValidationRule
  const broken = (rules: ValidationRule[], values: object, about = ['kind', 'country']) =>
    brokenRules({ fields, rules }, facts({ ...values }), asker, new Set(about))

  it('speak at their field, or at the first that they look at', () => {
    expect(broken([rule({})], { kind: 'x' })).toEqual({ kind: 'Say why' })
    expect(broken([rule({ field: 'vat' })], { kind: 'x' })).toEqual({ vat: 'Say why' })
    expect(broken([rule({})], { kind: 'firm' })).toEqual({})
  })

  it('are asked only when they are on, hold sway, and concern what was touched', () => {
    expect(broken([rule({ active: false })], {})).toEqual({})
    expect(broken([rule({ when: eq('country', 'ES') })], {})).toEqual({})
    expect(broken([rule({})], {}, ['vat'])).toEqual({})
    expect(broken([rule({ check: 'kind == "firm"' })], {})).toEqual({})
  })
})

it('knows what is looked at', () => {
  expect(namesAsked({ fields, rules: [] })).toEqual(['kind', 'country', 'doctor.active'])
})
