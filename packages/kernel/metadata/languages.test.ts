import { expect, it } from 'vitest'
import { languageOf } from './languages.ts'

it.each([
  ['es', 'es'],
  ['es-MX', 'es'],
  ['DE-at', 'de'],
  ['de_CH.UTF-8', 'de'],
  ['den', 'en'],
  ['fr', 'en'],
  ['', 'en'],
])('the language of %j is %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language)
})
