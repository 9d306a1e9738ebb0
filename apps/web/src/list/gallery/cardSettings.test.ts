import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import type { Column } from '../columns/columnSettings.ts'
import { cardFields, pictureField, pictureFields } from './cardSettings.ts'

const field = (key: string, type: FieldMeta['type'], kinds?: string[]) =>
  ({ key, type, rules: kinds && { kinds } }) as unknown as FieldMeta
const contract = field('contract', 'file', ['pdf'])
const anything = field('anything', 'file')
const photo = field('photo', 'file', ['image'])
const object = { fields: [field('name', 'text'), contract, anything, photo] } as unknown as ObjectMeta

describe('the cards of a gallery', () => {
  it('show the picture that is chosen, else that of a field for pictures alone, or none', () => {
    expect(pictureFields(object)).toEqual([anything, photo])
    expect(pictureField(object, {})).toBe(photo)
    expect(pictureField(object, { imageField: 'anything' })).toBe(anything)
    expect(pictureField(object, { imageField: '' })).toBeUndefined()
    expect(pictureField({ ...object, fields: [anything] } as ObjectMeta, {})).toBeUndefined()
  })

  it('say what is chosen, else the first columns beside the title', () => {
    const fields = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => field(key, 'text'))
    const columns = fields.map((one) => ({ field: one, width: 1 })) as Column[]
    const keysOf = (named?: string[]) =>
      cardFields(fields, columns, named ? { cardFields: named } : {}).map(({ key }) => key)
    expect(keysOf()).toEqual(['b', 'c', 'd', 'e'])
    expect(keysOf(['f', 'gone', 'a'])).toEqual(['f', 'a'])
    expect(keysOf([])).toEqual([])
  })
})
