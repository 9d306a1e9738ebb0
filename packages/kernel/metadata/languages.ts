/** The languages that the page, mails and shipped templates speak. A workspace may translate its own texts into any. */
export const languages = ['en', 'es', 'de'] as const
export type Language = (typeof languages)[number]

/** The language of a locale: `es` for es-MX; English for those we do not speak. */
export function languageOf(locale: string): Language {
  const [tag = ''] = locale.toLowerCase().split(/[-_.]/)
  return languages.find((language) => language === tag) ?? 'en'
}
