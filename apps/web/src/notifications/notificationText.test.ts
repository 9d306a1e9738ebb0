import type { Notification } from '@oneforge/client'
import type { TFunction } from 'i18next'
import { expect, it } from 'vitest'
import { sentenceOf, whereTo } from './notificationText.ts'

/** The key, and what is put into it. */
const words = ((key: string, values: object) => `${key} ${JSON.stringify(values ?? {})}`) as TFunction<'notifications'>
const told: Notification = {
  id: '1',
  kind: 'assigned',
  object: 'contacts',
  recordId: '2',
  title: 'Zoë Lindt',
  actors: [],
  fields: [],
  about: {},
  count: 1,
  read: false,
  at: '2026-11-21T10:00:00Z',
}

it('names nobody for what a workflow did', () => {
  expect(sentenceOf(words, told)).toBe('byItself.assigned {"title":"Zoë Lindt","count":1}')
  expect(sentenceOf(words, { ...told, actors: ['Ana'] })).toBe(
    'line.assigned {"title":"Zoë Lindt","count":1,"who":"Ana"}',
  )
})

it('leads to the story of a record where that is what it tells of, else to the record', () => {
  expect(whereTo({ ...told, kind: 'answered' })).toBe('/o/contacts/2?tab=story')
  expect(whereTo({ ...told, kind: 'mention', fields: ['Remarks'] })).toBe('/o/contacts/2')
  expect(whereTo(told)).toBe('/o/contacts/2')
})
