/** Telephone numbers as they are read aloud: stored is `+442079460018`, shown is `020 7946 0018`. */
import type { CountryCode } from 'libphonenumber-js/min'
import { useMemo, useState } from 'react'

type Rules = Pick<
  typeof import('libphonenumber-js/min'),
  'getCountryCallingCode' | 'isSupportedCountry' | 'parsePhoneNumberFromString'
>

let rules: Promise<Rules | undefined> | undefined

/** The rules of all countries are heavy: they come with the first number that is shown. Without them numbers stay as they are. */
function loadRules(): Promise<Rules | undefined> {
  rules ??= import('libphonenumber-js/min').catch(() => {
    rules = undefined
    return undefined
  })
  return rules
}

/**
 * Writes numbers for readers in a country, as `formatPhone` does; as they are stored until the rules have come, and then
 * whoever uses it writes them anew.
 *
 * @param country ISO 3166; null writes all with the code of their country.
 */
export function usePhoneFormat(country: string | null): (number: string) => string {
  const [known, setKnown] = useState<Rules>()
  return useMemo(() => {
    if (known) return (number) => formatPhone(number, country, known)
    return (number) => {
      loadRules().then(setKnown)
      return number
    }
  }, [known, country])
}

/**
 * Numbers of the readers' own country as they dial them, all others with the code of theirs; what is no number stays as
 * it is. Countries that share a code, as the United States and Canada do, are one.
 */
export function formatPhone(number: string, country: string | null, known: Rules): string {
  const parsed = known.parsePhoneNumberFromString(number)
  if (!parsed) return number
  return parsed.countryCallingCode === codeOf(country, known) ? parsed.formatNational() : parsed.formatInternational()
}

function codeOf(country: string | null, { getCountryCallingCode, isSupportedCountry }: Rules): string | undefined {
  return country && isSupportedCountry(country) ? getCountryCallingCode(country as CountryCode) : undefined
}
