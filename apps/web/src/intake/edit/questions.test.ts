import type { FormDefinition, ObjectMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { fieldsToAsk, movedTo, questionsOf, startingForm, withQuestion } from './questions.ts'
import { textIn, withText } from './texts.ts'

const field = (key: string, more: object = {}) => ({ key, type: 'text', required: false, default: null, ...more })
const object = {
  roles: { title: 'name', email: 'email' },
  fields: [
    field('name', { required: true }),
    field('email', { type: 'email' }),
    field('city'),
    field('owner', { type: 'user' }),
    field('stage', { type: 'select', required: true, default: 'New' }),
    field('total', { computed: { kind: 'rollup' } }),
  ],
} as unknown as ObjectMeta

describe('questions', () => {
  it('begin with the name, the ways to reach somebody, and what a record cannot be without', () => {
    const form = startingForm(object, 'Apply', 'Thanks')
    expect(questionsOf(form).map((question) => 'field' in question && question.field)).toEqual(['name', 'email'])
  })

  it('ask for no field twice, and for none that takes an account to fill in', () => {
    expect(fieldsToAsk(object, startingForm(object, 'Apply', 'Thanks')).map(({ key }) => key)).toEqual([
      'city',
      'stage',
    ])
  })

  it('move between steps, change and go', () => {
    const first = startingForm(object, 'Apply', 'Thanks')
    const form: FormDefinition = { ...first, steps: [...first.steps, { id: 'two', questions: [] }] }
    const [name, email] = questionsOf(form)
    const moved = movedTo(form, name!, 'two')
    expect(moved.steps.map(({ questions }) => questions)).toEqual([[email], [name]])
    expect(questionsOf(withQuestion(moved, email!.id, undefined))).toEqual([name])
  })
})

it('texts change in one language and keep the others', () => {
  expect(withText(undefined, 'de', 'Hallo')).toEqual({ en: 'Hallo', de: 'Hallo' })
  expect(withText({ en: 'Hello', de: 'Hallo' }, 'en', 'Hi')).toEqual({ en: 'Hi', de: 'Hallo' })
  expect(withText({ en: 'Hello', de: 'Hallo' }, 'de', '')).toEqual({ en: 'Hello' })
  expect(withText({ en: 'Hello' }, 'en', '')).toBeUndefined()
  expect(textIn({ en: 'Hello' }, 'es')).toBe('Hello')
})
