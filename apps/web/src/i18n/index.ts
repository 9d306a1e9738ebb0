/**
 * The words of the page itself, in English, Spanish and German; the tenant's own labels come from the API in the language that
 * the page asks for. One JSON file per area and language: `useTranslation('list')` reads `en/list.json`.
 */
import i18next, { type ResourceLanguage } from 'i18next'
import { initReactI18next } from 'react-i18next'

export const languages = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Español' },
  { code: 'de', name: 'Deutsch' },
] as const
export type Language = (typeof languages)[number]['code']

const storageKey = 'oneforge-language'

const loaders: Record<Language, () => Promise<{ default: ResourceLanguage }>> = {
  en: () => import('./en.ts'),
  es: () => import('./es.ts'),
  de: () => import('./de.ts'),
}

/** Loads the language kept from the last visit, or the browser's, before the first render. */
export async function startI18n(): Promise<void> {
  const language = initialLanguage()
  const { default: texts } = await loaders[language]()
  document.documentElement.lang = language
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: language,
    resources: { [language]: texts },
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}

/** Switches at once, without a reload; the choice is kept for the next visit. */
export async function switchLanguage(language: Language): Promise<void> {
  const { default: texts } = await loaders[language]()
  for (const [namespace, words] of Object.entries(texts)) i18next.addResourceBundle(language, namespace, words)
  localStorage.setItem(storageKey, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}

export function currentLanguage(): Language {
  return languageOf(i18next.language) ?? 'en'
}

function initialLanguage(): Language {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages]
  return wanted.map(languageOf).find((language) => language !== undefined) ?? 'en'
}

function languageOf(tag: string | null | undefined): Language | undefined {
  return languages.find(({ code }) => tag?.toLowerCase().startsWith(code))?.code
}
