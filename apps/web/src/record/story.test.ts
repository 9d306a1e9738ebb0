import type { Activity, HistoryEntry } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { byDay, sentenceKey, storyOf } from './story.ts'

const note: Activity = { id: 'n', type: 'note', body: 'Called', at: '2026-06-15T10:00:00Z', actor: null }
const entry = (id: string, at: string, action = 'updated'): HistoryEntry => ({
  id,
  at,
  action,
  actor: null,
  changes: [],
})

const history = [
  entry('late', '2026-06-15T22:30:00Z'),
  entry('early', '2026-06-14T09:00:00Z', 'created'),
  entry('echo', '2026-06-15T10:00:00Z', 'noted'),
]

describe('storyOf', () => {
  it('mixes notes and changes, newest first, and tells a note once', () => {
    expect(storyOf([note], history, 'all').map(({ id }) => id)).toEqual(['late', 'n', 'early'])
    expect(storyOf([note], history, 'notes').map(({ id }) => id)).toEqual(['n'])
    expect(storyOf([note], history, 'changes').map(({ id }) => id)).toEqual(['late', 'early'])
  })
})

describe('byDay', () => {
  it('counts days in the zone of the reader', () => {
    const days = byDay(storyOf([note], history, 'all'), 'Australia/Sydney')
    expect(days.map(({ day, items }) => [day, items.length])).toEqual([
      ['2026-06-16', 1],
      ['2026-06-15', 1],
      ['2026-06-14', 1],
    ])
  })
})

describe('sentenceKey', () => {
  it('has words for what it does not know', () => {
    expect(sentenceKey(entry('x', '', 'created'))).toBe('history.created')
    expect(sentenceKey(entry('x', '', 'teleported'))).toBe('history.other')
  })
})
