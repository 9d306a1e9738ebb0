import { expect, it } from 'vitest'
import { fieldRead } from './reading.ts'

it('knows a value that is nothing but a field of the record', () => {
  expect(fieldRead({ formula: 'record.stage' })).toBe('stage')
  expect(fieldRead('{{ record.contact.email }}')).toBe('contact.email')
})

it('takes nothing else for one', () => {
  for (const value of [
    { formula: 'record.amount * 2' },
    '{{ vars.stage }}',
    'Mr {{ record.name }}',
    'stage',
    7,
    null,
  ]) {
    expect(fieldRead(value)).toBeUndefined()
  }
})
