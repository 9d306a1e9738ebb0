import { expect, it } from 'vitest'
import { paths } from './paths.ts'

it('builds addresses with what is set', () => {
  expect(paths.list('patients')).toBe('/o/patients')
  expect(paths.list('patients', { view: 'mine', q: undefined })).toBe('/o/patients?view=mine')
  expect(paths.record('patients', '1')).toBe('/o/patients/1')
  expect(paths.import()).toBe('/import')
  expect(paths.import('patients')).toBe('/o/patients/import')
  expect(paths.settings('objects/patients')).toBe('/settings/objects/patients')
})

it('keeps the page to come back to in one piece', () => {
  const next = '/o/patients?view=mine&q=a b'
  const params = new URL(paths.signIn(next), 'http://localhost').searchParams
  expect(params.get('next')).toBe(next)
})
