import type { LocalizedText } from './definition.ts'

/** The text in the reader's language, else in English. */
export const inLocale = (text: LocalizedText, locale: string): string => text[locale] ?? text.en

/** A text as a caller may give it: a plain string counts for English and for the caller's language. */
export function localized(input: string | LocalizedText, locale: string, before?: LocalizedText): LocalizedText {
  if (typeof input !== 'string') return { ...before, ...input }
  return { ...(before ?? { en: input }), [locale]: input }
}
