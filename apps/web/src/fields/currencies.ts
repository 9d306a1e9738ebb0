/** Currencies to choose from, and the one that somebody most likely counts in. */

/** All that browsers know, by code and name in the language. */
export function currencyChoices(language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} · ${names.of(code)}` }))
}

/** ISO 3166 regions by what is paid with there. */
const regionsOf: Record<string, string> = {
  EUR: 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK',
  USD: 'US EC SV PR PA',
  GBP: 'GB GG IM JE',
  AUD: 'AU KI NR TV',
  NZD: 'NZ CK',
  CHF: 'CH LI',
  DKK: 'DK FO GL',
  XOF: 'BF BJ CI GW ML NE SN TG',
  XAF: 'CF CG CM GA GQ TD',
  AED: 'AE',
  ARS: 'AR',
  BOB: 'BO',
  BRL: 'BR',
  CAD: 'CA',
  CLP: 'CL',
  CNY: 'CN',
  COP: 'CO',
  CRC: 'CR',
  CZK: 'CZ',
  DOP: 'DO',
  EGP: 'EG',
  GTQ: 'GT',
  HKD: 'HK',
  HNL: 'HN',
  HUF: 'HU',
  IDR: 'ID',
  ILS: 'IL',
  INR: 'IN',
  ISK: 'IS',
  JPY: 'JP',
  KES: 'KE',
  KRW: 'KR',
  MAD: 'MA',
  MXN: 'MX',
  MYR: 'MY',
  NGN: 'NG',
  NIO: 'NI',
  NOK: 'NO',
  PEN: 'PE',
  PHP: 'PH',
  PKR: 'PK',
  PLN: 'PL',
  PYG: 'PY',
  RON: 'RO',
  RSD: 'RS',
  SAR: 'SA',
  SEK: 'SE',
  SGD: 'SG',
  THB: 'TH',
  TRY: 'TR',
  TWD: 'TW',
  UAH: 'UA',
  UYU: 'UY',
  VND: 'VN',
  ZAR: 'ZA',
}

/** Zones where most people live whose browser speaks a language without a region. */
const regionOfZone: Record<string, string> = {
  'Europe/London': 'GB',
  'Europe/Zurich': 'CH',
  'Europe/Stockholm': 'SE',
  'Europe/Copenhagen': 'DK',
  'Europe/Oslo': 'NO',
  'Europe/Warsaw': 'PL',
  'Europe/Prague': 'CZ',
  'Europe/Madrid': 'ES',
  'Europe/Paris': 'FR',
  'Europe/Berlin': 'DE',
  'Europe/Rome': 'IT',
  'Pacific/Auckland': 'NZ',
  'America/Mexico_City': 'MX',
  'America/Bogota': 'CO',
  'America/Lima': 'PE',
  'America/Santiago': 'CL',
  'America/Sao_Paulo': 'BR',
  'America/Toronto': 'CA',
  'Asia/Tokyo': 'JP',
  'Asia/Kolkata': 'IN',
}

/** Of the region of somebody's zone, else of their languages; undefined where neither tells. */
export function likelyCurrency(languages: readonly string[], timeZone: string): string | undefined {
  const ofZone = timeZone.startsWith('Australia/') ? 'AU' : regionOfZone[timeZone]
  const regions = [ofZone, ...languages.map((language) => new Intl.Locale(language).region)]
  const region = regions.find((one) => one !== undefined)
  return Object.keys(regionsOf).find((code) => region && regionsOf[code]?.split(' ').includes(region))
}
