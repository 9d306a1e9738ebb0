import { describe, expect, it } from 'vitest'
import { countryChoices, currencyChoices, currencyOf, likelyCountry } from './currencies.ts'

describe('currencies', () => {
  it.each([
    [['en-US'], 'Australia/Sydney', 'AU', 'AUD'],
    [['de'], 'Europe/Zurich', 'CH', 'CHF'],
    [['es-419', 'es-PE'], 'UTC', 'PE', 'PEN'],
    [['en-IE', 'en'], 'UTC', 'IE', 'EUR'],
  ])('of %j in %s', (languages, timeZone, country, currency) => {
    expect(likelyCountry(languages, timeZone)).toBe(country)
    expect(currencyOf(country)).toBe(currency)
  })

  it('are not guessed where nothing tells', () => {
    expect(likelyCountry(['en'], 'UTC')).toBeUndefined()
    expect(currencyOf('AQ')).toBeUndefined()
  })

  it('are listed by the names of their countries', () => {
    expect(countryChoices('de')).toContainEqual({ value: 'DE', label: 'Deutschland' })
  })

  it('are found by code and name', () => {
    expect(currencyChoices('en')).toContainEqual({ value: 'AUD', label: 'AUD · Australian Dollar' })
  })
})
