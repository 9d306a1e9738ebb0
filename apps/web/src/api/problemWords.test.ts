import i18next from 'i18next'
import { afterAll, beforeAll, expect, it } from 'vitest'
import de from '../i18n/de/fields.json' with { type: 'json' }
import en from '../i18n/en/fields.json' with { type: 'json' }
import { problemWords } from './problemWords.ts'

const before = i18next.language
beforeAll(async () => {
  await i18next.init({ lng: 'de', fallbackLng: 'en', resources: { en: { fields: en }, de: { fields: de } } })
})
afterAll(() => i18next.changeLanguage(before))

it('says a frequent sentence in the language of the reader, and any other as it came', () => {
  const said = (key: string, values?: Record<string, string | number>) =>
    problemWords({ field: 'x', message: 'in English', key, ...(values && { values }) })
  expect(said('atLeast', { least: 1500 })).toBe('muss mindestens 1.500 sein')
  expect(said('phoneOf', { country: 'GB' })).toContain('(Vereinigtes Königreich)')
  expect(said('unheard')).toBe('in English')
  expect(problemWords({ field: 'x', message: 'must differ' })).toBe('must differ')
})
