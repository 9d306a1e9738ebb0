import type { DomainEvent } from '@oneforge/kernel/events'
import { describe, expect, it } from 'vitest'
import { whomToTell } from './whom-to-tell.ts'

const event = (type: string, payload: Record<string, unknown> = {}): DomainEvent => ({
  tenantId: 't',
  seq: 1,
  type,
  objectId: 'o',
  recordId: 'r',
  actorId: 'ana',
  payload,
  cause: null,
  at: '2026-11-21T10:00:00Z',
})
const standing = { ownerId: 'ben', followers: ['ana', 'ben', 'cleo'], stageFields: ['phase'], isEmail: false }
const told = (type: string, payload?: Record<string, unknown>) =>
  Object.fromEntries(whomToTell(event(type, payload), standing))

describe('whom to tell', () => {
  it('leaves out who did it, and tells each person once, for the best reason', () => {
    expect(told('record.updated', { fields: ['name'] })).toEqual({ ben: 'changed', cleo: 'changed' })
    expect(told('record.updated', { fields: ['name', 'ownerId'] })).toEqual({ ben: 'assigned', cleo: 'changed' })
    expect(told('record.updated', { fields: ['phase', 'name'] })).toEqual({ ben: 'moved', cleo: 'moved' })
    expect(told('note.created', { mentions: ['cleo', 'dora', 'ana'] })).toEqual({
      cleo: 'mention',
      dora: 'mention',
      ben: 'noted',
    })
    expect(told('record.created')).toEqual({ ben: 'assigned' })
    expect(told('comment.created', { mentions: ['cleo'], answered: ['ana', 'dora'] })).toEqual({
      cleo: 'mention',
      dora: 'commented',
      ben: 'commented',
    })
    expect(told('comment.updated', { mentions: ['dora'] })).toEqual({ dora: 'mention' })
    expect(told('record.updated', { fields: ['notes'], mentions: ['dora'] })).toMatchObject({ dora: 'mention' })
  })

  it('tells of answers whoever wrote the e-mail and whose record it is about; only people give others e-mails', () => {
    expect(told('message.received', { isAnswer: true })).toEqual({ ana: 'answered', ben: 'answered' })
    expect(told('message.received', { isAnswer: false })).toEqual({})
    const email = { ...standing, isEmail: true }
    for (const source of ['mail', 'workflow'])
      expect(whomToTell(event('record.created', { source }), email)).toEqual(new Map())
    expect(whomToTell(event('record.created', { source: 'api' }), email)).toEqual(new Map([['ben', 'assigned']]))
  })

  it('says nothing of each record of an import, and something of its end', () => {
    expect(told('record.created', { source: 'import' })).toEqual({})
    expect(told('record.updated', { source: 'undo', fields: ['name'] })).toEqual({})
    expect(told('record.updated', { source: 'bulk', fields: ['ownerId'] })).toEqual({})
    const ended = (type: string) =>
      Object.fromEntries(whomToTell({ ...event('job.ended', { askedBy: 'ben', type }), actorId: null }, undefined))
    expect(ended('import.run')).toEqual({ ben: 'job_ended' })
    expect(ended('records.compute')).toEqual({})
  })

  it('says nothing of what is worked out, deleted or looked at', () => {
    for (const type of ['record.computed', 'record.deleted', 'record.merged'])
      expect(told(type, { fields: ['name'] })).toEqual({})
  })
})
