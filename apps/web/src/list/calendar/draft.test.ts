import type { RecordData } from '@oneforge/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainField } from '../../fields/plainField.ts'
import { draftOf, drawn, inColumn, movedBy, newDraft, newValues, putOf, slotAt, stretchedBy } from './draft.ts'
import { entryOf } from './entries.ts'
import { dayMinutes, slotMinutes } from './layout.ts'

const fields = {
  start: plainField('starts', 'datetime', 'Starts'),
  end: plainField('visit_minutes', 'integer', 'Minutes'),
  color: undefined,
}
const record = { id: '1', title: 'One', starts: '2026-03-02T08:05:00Z', visit_minutes: 50 } as unknown as RecordData
const entry = entryOf(record, fields, 'UTC')!
const steps = fc.array(fc.record({ by: fc.integer({ min: -600, max: 600 }), isStretch: fc.boolean() }), {
  maxLength: 12,
})

describe('what is held', () => {
  it('stays within the day and keeps a slot, whatever is done to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 95 }), steps, (slot, all) => {
        const begun = newDraft(0, slot * slotMinutes)
        const end = all.reduce(
          (draft, { by, isStretch }) => (isStretch ? stretchedBy(draft, by) : movedBy(draft, by)),
          begun,
        )
        expect(end.from).toBeGreaterThanOrEqual(0)
        expect(end.from).toBeLessThanOrEqual(dayMinutes - slotMinutes)
        expect(end.to - end.from).toBeGreaterThanOrEqual(slotMinutes)
      }),
    )
  })

  it('is moved to whole slots with its length, and put there', () => {
    const moved = inColumn(movedBy(draftOf(entry, 1), 60), 9, 7)
    expect(moved).toMatchObject({ column: 6, from: 9 * 60, to: 9 * 60 + 50, isStretched: false })
    const { start, end } = putOf(entry, moved, '2026-03-05', 'UTC')
    expect([new Date(start).toISOString(), (end - start) / 60_000]).toEqual(['2026-03-05T09:00:00.000Z', 50])
  })

  it('begins where it began when only its end is drawn', () => {
    const put = putOf(entry, stretchedBy(draftOf(entry, 0), 30), '2026-03-02', 'UTC')
    expect(put).toEqual({ start: entry.start, end: Date.parse('2026-03-02T09:30:00Z'), isStretched: true })
  })

  it('is drawn downwards and upwards', () => {
    expect(drawn(newDraft(0, 600), 60)).toMatchObject({ from: 600, to: 660 })
    expect(drawn(newDraft(0, 600), -60)).toMatchObject({ from: 540, to: 615 })
    expect([slotAt(0), slotAt(18.5), slotAt(99_999)]).toEqual([0, 15, dayMinutes - slotMinutes])
  })

  it('becomes the values of a new record', () => {
    const dated = { start: plainField('due', 'date', 'Due'), end: undefined, color: undefined }
    expect(newValues(fields, '2026-03-02', { from: 600, to: 645 }, 'Europe/Madrid')).toEqual({
      starts: '2026-03-02T09:00:00.000Z',
      visit_minutes: 45,
    })
    expect(newValues(dated, '2026-03-02', { from: 600, to: 645 }, 'Europe/Madrid')).toEqual({ due: '2026-03-02' })
  })
})
