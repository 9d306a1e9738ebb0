import { describe, expect, it } from 'vitest'
import { nameOfPart, partOf } from './problems.ts'

describe('what a problem is about', () => {
  it.each([
    ['steps.0.then.1.subject.de', 'subject'],
    ['steps.0.values.status', 'status'],
    ['steps.0.over.relation', 'over'],
    ['steps.0.cases.2.is', 'is'],
    ['steps.0', ''],
    ['steps', 'steps'],
    ['trigger.field', 'field'],
    ['condition', 'condition'],
  ])('at %s is “%s”', (path, part) => {
    expect(partOf({ path, step: null, message: '' })).toBe(part)
  })
})

describe('the part of a step', () => {
  it('is named as its form names it', () => {
    expect([nameOfPart('create_note', 'body'), nameOfPart('send_email', 'body')]).toEqual(['note', 'body'])
    expect(nameOfPart(undefined, 'field')).toBe('field')
  })
})
