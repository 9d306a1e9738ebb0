import type { Activity, HistoryEntry, ObjectMeta, RecordData, Stay } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import type { AboutActivity } from '../activities/useActivitiesAbout.ts'
import { moveAt, ticksOf } from './stageStory.ts'
import { byDay, sentenceKey, storyOf } from './story.ts'

const note: Activity = {
  id: 'n',
  type: 'note',
  body: 'Called',
  at: '2026-06-15T10:00:00Z',
  actor: null,
  mentions: [],
  pinned: false,
  comments: 0,
}
const entry = (id: string, at: string, action = 'updated'): HistoryEntry => ({
  id,
  at,
  action,
  actor: null,
  changes: action === 'updated' ? [{ field: 'name', label: 'Name', before: 'A', after: 'B' }] : [],
})

const history = [
  entry('late', '2026-06-15T22:30:00Z'),
  entry('early', '2026-06-14T09:00:00Z', 'created'),
  entry('echo', '2026-06-15T10:00:00Z', 'noted'),
]

const none = { ticks: [], activities: [], activityLinks: new Set(['calls']) }
const call: AboutActivity = {
  kind: 'call',
  object: { roles: { title: 'title', startsAt: 'called_at' } } as ObjectMeta,
  record: { id: 'call', called_at: '2026-06-15T11:00:00Z' } as unknown as RecordData,
  attachments: [],
  sent: undefined,
  about: { slug: 'patients', id: 'record' },
}

describe('storyOf', () => {
  it('tells of a call when it was, and not that it was linked', () => {
    const linked = {
      ...entry('linked', '2026-06-16T09:00:00Z', 'linked'),
      changes: [{ field: 'calls', after: 'c1' }],
    } as HistoryEntry
    const sources = { ...none, notes: [note], history: [linked, ...history], activities: [call] }
    expect(storyOf(sources, 'all').map(({ id }) => id)).toEqual(['late', 'call', 'n', 'early'])
    expect(storyOf(sources, 'call').map(({ id }) => id)).toEqual(['call'])
    expect(storyOf(sources, 'task')).toEqual([])
  })

  it('leaves out what is hidden from the reader as a whole, and begins with the making of the record', () => {
    const at = '2026-06-14T09:00:00Z'
    const linked = (id: string, after: unknown) =>
      ({
        ...entry(id, at, 'linked'),
        changes: [{ field: 'visits', label: 'Visits', before: null, after }],
      }) as HistoryEntry
    const sources = {
      ...none,
      notes: [],
      history: [entry('made', at, 'created'), linked('seen', 'v'), linked('not', null)],
    }
    expect(storyOf({ ...sources, history: [...sources.history, entry('bare', at, 'linked')] }, 'all')).toMatchObject([
      { id: 'seen' },
      { id: 'made' },
    ])
  })

  it('mixes notes and changes, newest first, and tells a note once', () => {
    expect(storyOf({ ...none, notes: [note], history }, 'all').map(({ id }) => id)).toEqual(['late', 'n', 'early'])
    expect(storyOf({ ...none, notes: [note], history }, 'notes').map(({ id }) => id)).toEqual(['n'])
    expect(storyOf({ ...none, notes: [note], history }, 'changes').map(({ id }) => id)).toEqual(['late', 'early'])
  })
})

const stay = (stage: string, enteredAt: string, more: Partial<Stay> = {}): Stay => ({
  pipeline: 'sales',
  stage,
  enteredAt,
  leftAt: null,
  leftTo: null,
  exact: true,
  enteredBy: null,
  ownerId: null,
  amount: null,
  reason: null,
  note: null,
  ticks: [],
  ...more,
})

describe('moveAt', () => {
  const first = stay('open', '2026-06-01T10:00:00.000Z', { leftAt: '2026-06-13T10:00:00.020Z', leftTo: 'lost' })
  const last = stay('lost', '2026-06-13T10:00:00.020Z', { reason: 'price' })
  const change = { before: 'open', after: 'lost' }

  it('finds the stays that a move ended and began', () => {
    const move = moveAt([first, last], 'sales', change, '2026-06-13T10:00:00.000Z')
    expect(move).toEqual({ left: first, entered: last })
  })

  it('finds nothing at another time or in another pipeline', () => {
    expect(moveAt([first, last], 'sales', change, '2026-06-14T10:00:00.000Z')).toBeUndefined()
    expect(moveAt([first, last], 'care', change, '2026-06-13T10:00:00.000Z')).toBeUndefined()
  })
})

describe('ticksOf', () => {
  it('says what was ticked, where and by whom', () => {
    const ticks = [{ item: 'called', at: '2026-06-15T12:00:00Z', by: { id: 'u', name: 'Ann' } }]
    const checklist = [{ key: 'called', label: 'Called back', required: false }]
    const pipelines = [
      { key: 'sales', stages: [{ value: 'open', label: 'Open', checklist }] },
    ] as ObjectMeta['pipelines']
    const told = ticksOf({ pipelines }, [stay('open', '2026-06-01T10:00:00Z', { ticks })])
    expect(told.map(({ tick }) => tick)).toEqual([{ label: 'Called back', stage: 'Open', by: 'Ann' }])
    const story = storyOf({ ...none, notes: [], history, ticks: told }, 'changes')
    expect(story.map(({ kind }) => kind)).toEqual(['change', 'tick', 'change'])
  })
})

describe('byDay', () => {
  it('counts days in the zone of the reader', () => {
    const days = byDay(storyOf({ ...none, notes: [note], history }, 'all'), 'Australia/Sydney')
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
