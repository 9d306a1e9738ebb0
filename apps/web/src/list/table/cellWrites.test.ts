import type { FieldMeta, RecordData } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { isSame, onTopOf, outcomesOf, writesOf } from './cellWrites.ts'

const field = (key: string) => ({ key }) as FieldMeta
const record = { id: 'r1', title: 'Mill', version: 3, name: 'Mill', area: 7, owner: { id: 'p', object: 'people' } }
const mill = record as unknown as RecordData

describe('edits', () => {
  it('go record by record, without those that change nothing', () => {
    const [write, ...others] = writesOf([
      { record: mill, field: field('name'), value: 'Mill' },
      { record: mill, field: field('area'), value: 8 },
      { record: mill, field: field('street'), value: undefined },
      { record: mill, field: field('owner'), value: { id: 'p', object: 'people', title: 'Pat' } },
    ])
    expect(others).toEqual([])
    expect(write).toEqual({ id: 'r1', title: 'Mill', version: 3, before: { area: 7 }, after: { area: 8 } })
  })

  it('are the same where both are nothing', () => {
    expect([isSame([], null), isSame('', undefined), isSame(0, null), isSame([1], [1])]).toEqual([
      true,
      true,
      false,
      true,
    ])
  })
})

describe('an answer', () => {
  const [write] = writesOf([{ record: mill, field: field('area'), value: 8 }])

  it('tells field by field what was written', () => {
    const result = { index: 0, success: true, version: 4, refused: [{ field: 'area', message: 'is too large' }] }
    expect(outcomesOf([write!], { updated: 1, failed: 0, results: [result] })[0]).toMatchObject({
      write: { version: 4 },
      written: [],
      refused: { area: 'is too large' },
      isStale: false,
    })
  })

  it('is followed by another try only where nobody touched the fields', () => {
    const standing = (area: number) => {
      const current = { ...mill, version: 9, area } as RecordData
      const error = { code: 'CONFLICT', message: 'changed', current }
      return outcomesOf([write!], { updated: 0, failed: 1, results: [{ index: 0, success: false, error }] })[0]!
    }
    expect(standing(7).isStale).toBe(true)
    expect(onTopOf(standing(7))).toMatchObject({ version: 9, after: { area: 8 } })
    expect(onTopOf(standing(6))).toBeUndefined()
  })
})
