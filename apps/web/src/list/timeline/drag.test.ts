import type { FieldMeta, RecordData } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import type { DiaryFields } from '../calendar/diaryFields.ts'
import { entryOf, valuesAt } from '../calendar/entries.ts'
import { type Held, putOfHeld } from './drag.ts'

const zone = 'Europe/Madrid'
const fieldsOf = (type: FieldMeta['type']) =>
  ({ start: { key: 'from', type }, end: { key: 'to', type }, color: undefined }) as unknown as DiaryFields

function put(type: 'date' | 'datetime', from: string, to: string, held: Pick<Held, 'kind' | 'days'>) {
  const fields = fieldsOf(type)
  const entry = entryOf({ id: '1', from, to } as unknown as RecordData, fields, zone)!
  const { start, end } = putOfHeld({ entry, ...held }, zone)
  return valuesAt(fields, start, end, zone)
}

describe('an entry of a timeline', () => {
  it('moves by whole days, over a change of clocks at the same time', () => {
    expect(put('date', '2026-10-20', '2026-10-22', { kind: 'move', days: 7 })).toEqual({
      from: '2026-10-27',
      to: '2026-10-29',
    })
    expect(put('datetime', '2026-10-24T08:00:00Z', '2026-10-24T09:00:00Z', { kind: 'move', days: 1 })).toEqual({
      from: '2026-10-25T09:00:00.000Z',
      to: '2026-10-25T10:00:00.000Z',
    })
  })

  it('is stretched at its end and never to before its beginning', () => {
    expect(put('date', '2026-10-20', '2026-10-22', { kind: 'stretch', days: 2 })).toEqual({
      from: '2026-10-20',
      to: '2026-10-24',
    })
    expect(put('date', '2026-10-20', '2026-10-22', { kind: 'stretch', days: -9 })).toEqual({
      from: '2026-10-20',
      to: '2026-10-20',
    })
    expect(put('datetime', '2026-10-20T08:00:00Z', '2026-10-22T07:00:00Z', { kind: 'stretch', days: -9 }).to).toBe(
      '2026-10-21T07:00:00.000Z',
    )
  })
})
