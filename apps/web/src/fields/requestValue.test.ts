import type { FieldMeta } from '@oneforge/client'
import { expect, it } from 'vitest'
import { requestValues } from './requestValue.ts'

const doctor = { key: 'doctor', type: 'relation' } as FieldMeta
const tags = { key: 'tags', type: 'tags' } as FieldMeta

it('sends ids for linked records and leaves everything else alone', () => {
  const ana = { id: '1', object: 'doctors', title: 'Ana' }
  expect(requestValues([doctor, tags], { doctor: ana, tags: ['a'], ownerId: 'u1' })).toEqual({
    doctor: '1',
    tags: ['a'],
    ownerId: 'u1',
  })
  expect(requestValues([doctor], { doctor: [ana, '2'] })).toEqual({ doctor: ['1', '2'] })
  expect(requestValues([doctor], { doctor: undefined })).toEqual({ doctor: null })
})
