/** Where a workspace is, for what people write without saying so: phone numbers above all. */

/** The country that most of those are in who count in a currency; Euro and the like only guess. */
const countries: Record<string, string> = {
  AUD: 'AU',
  BRL: 'BR',
  CAD: 'CA',
  CHF: 'CH',
  COP: 'CO',
  EUR: 'ES',
  GBP: 'GB',
  INR: 'IN',
  JPY: 'JP',
  MXN: 'MX',
  NZD: 'NZ',
  USD: 'US',
}

/** ISO 3166 code of where somebody probably is who has said no more than their currency; undefined where it does not tell. */
export const countryOfCurrency = (currency: string): string | undefined => countries[currency]

/** On which day weeks begin there, from 1 (Monday) to 7; Monday where nobody has said where that is. */
export function weekStartOf(country: string | undefined): number {
  if (!country) return 1
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } }
  return locale.getWeekInfo?.().firstDay ?? 1
}
