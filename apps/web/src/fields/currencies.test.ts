import { describe, expect, it } from 'vitest'
import { currencyChoices, likelyCurrency } from './currencies.ts'

describe('currencies', () => {
  it.each([
    [['en-US'], 'Australia/Sydney', 'AUD'],
    [['de'], 'Europe/Zurich', 'CHF'],
    [['es-419', 'es-PE'], 'America/Lima', 'PEN'],
    [['en-IE', 'en'], 'UTC', 'EUR'],
    [['en'], 'UTC', undefined],
  ])('of %j in %s', (languages, timeZone, currency) => {
    expect(likelyCurrency(languages, timeZone)).toBe(currency)
  })

  it('are found by code and name', () => {
    expect(currencyChoices('en')).toContainEqual({ value: 'AUD', label: 'AUD · Australian Dollar' })
  })
})
