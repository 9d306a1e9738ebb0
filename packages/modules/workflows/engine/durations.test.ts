import { describe, expect, it } from 'vitest'
import { momentAfter, momentOf } from './durations.ts'

const now = new Date('2026-11-21T12:00:00Z')

describe('momentAfter', () => {
  it('counts days by the calendar of the zone', () => {
    expect(momentAfter(now, 'P2D', 'Europe/Madrid')).toBe('2026-11-23T12:00:00.000Z')
    expect(momentAfter(now, 'P100Y', 'Europe/Madrid')).toBe('2126-11-21T12:00:00.000Z')
  })

  it.each(['P9000Y', 'P300000Y', '-P9000Y', 'soon'])('refuses %s with words', (duration) => {
    expect(() => momentAfter(now, duration, 'UTC')).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }))
  })
})

describe('momentOf', () => {
  it('gives the midnight of a day, and a moment as it is', () => {
    expect(momentOf('2026-11-21', 'Europe/Madrid')).toBe('2026-11-20T23:00:00.000Z')
    expect(momentOf('2026-11-21T10:00:00+01:00', 'UTC')).toBe('2026-11-21T09:00:00.000Z')
  })

  it.each(['2026-13-45', '+011026-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', null])('refuses %s', (value) => {
    expect(() => momentOf(value, 'UTC')).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }))
  })
})
