/** What is wrong with a field in the reader's language, where it is one of the frequent sentences; else as the server says it. */
import type { ErrorDetail } from '@oneforge/client'
import i18next from 'i18next'

export function problemWords({ key, values = {}, message }: ErrorDetail): string {
  const sentence = `fields:problem.${key}`
  if (key === undefined || !i18next.exists(sentence)) return message
  const { country } = values
  const named = typeof country === 'string' ? { country: countryName(country) } : {}
  return i18next.t(sentence, { ...values, ...named })
}

const countryName = (code: string): string =>
  new Intl.DisplayNames([i18next.language], { type: 'region' }).of(code) ?? code
