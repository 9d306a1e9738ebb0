import { expect, it } from 'vitest'
import { cameIn, isMoment, isRecordLike, namedParts, roundsOf } from './stepValues.ts'

const id = '01a1ffd2-aba8-76b3-99d1-abc58799f6e2'

it('knows a record, and nothing else for one', () => {
  expect(isRecordLike({ object: 'tasks', id, recordNumber: 'TSK-1', title: 'Call' })).toBe(true)
  expect(isRecordLike({ object: 'tasks', values: {} })).toBe(false)
  expect(isRecordLike({ object: 'tasks', id, relation: 'about' })).toBe(false)
})

it('leaves out ids that name nothing to a person', () => {
  expect(namedParts({ approval: id, actor_id: null })).toEqual([])
  expect(namedParts({ id: 'A-1', title: 'Call' })).toEqual([
    ['id', 'A-1'],
    ['title', 'Call'],
  ])
})

it('tells of what happened who, when and which message, in no words of the engine', () => {
  const at = '2026-11-21T20:35:00.000Z'
  const answered = { met: true, type: 'message_received', source: 'mail', channel: 'email', at, by: null, message: id }
  expect(namedParts(answered)).toEqual([
    ['met', true],
    ['message', id],
    ['at', at],
  ])
  expect(namedParts({ type: 'invoice', by: null })).toEqual([
    ['type', 'invoice'],
    ['by', null],
  ])
})

it('tells what came in with a trigger', () => {
  const at = '2026-11-21T20:35:00.000Z'
  const body = { type: 'application', at, applicant: { name: 'Nora' } }
  expect(cameIn({ type: 'webhook_received', at, body })).toBe(body)
  expect(cameIn({ type: 'schedule', at })).toEqual({})
  const moved = { type: 'stage_changed', at, by: id, pipeline: 'sales', field: 'stage', from: 'New', to: 'Won' }
  expect(Object.entries(cameIn(moved) as object)).toEqual([
    ['field', 'stage'],
    ['from', 'New'],
    ['to', 'Won'],
    ['by', id],
  ])
  expect(cameIn({ type: 'form_submitted', at, by: null, form: id, object: 'leads', outcome: 'created' })).toEqual({
    outcome: 'created',
  })
})

it('tells moments from words', () => {
  expect(isMoment('2026-11-21T20:35:00.000Z')).toBe(true)
  expect(isMoment('2026-11-21')).toBe(false)
})

it('tells the rounds of the loops around a step', () => {
  expect([roundsOf('note'), roundsOf('each[0]/note'), roundsOf('each[2]/inner[1]/note')]).toEqual([[], [1], [3, 2]])
})
