/**
 * The words of the page itself, in English, Spanish and German; the tenant's own labels come from the API in the
 * language that the page asks for. One JSON file per area and language: `useTranslation('list')` reads `en/list.json`.
 */
import i18next, { type ResourceLanguage, type TOptions } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Part } from './areas.ts'

export const languages = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Español' },
  { code: 'de', name: 'Deutsch' },
] as const
export type Language = (typeof languages)[number]['code']

const storageKey = 'oneforge-language'
/** `rtl` here turns the page around in any language: for looking at it before there is one that is written so. */
const directionKey = 'oneforge-direction'

type Words = () => Promise<{ default: ResourceLanguage }>

/** A file each, which build/words.ts makes of the areas. */
const words: Record<Language, Record<Part, Words>> = {
  en: {
    first: () => import('words:en/first'),
    later: () => import('words:en/later'),
    settings: () => import('words:en/settings'),
    help: () => import('words:en/help'),
  },
  es: {
    first: () => import('words:es/first'),
    later: () => import('words:es/later'),
    settings: () => import('words:es/settings'),
    help: () => import('words:es/help'),
  },
  de: {
    first: () => import('words:de/first'),
    later: () => import('words:de/later'),
    settings: () => import('words:de/settings'),
    help: () => import('words:de/help'),
  },
}

/** Loads the language kept from the last visit, or the browser's, before the first render. */
export async function startI18n(): Promise<void> {
  const language = initialLanguage()
  const { default: texts } = await words[language].first()
  tellBrowser(language)
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: language,
    resources: { [language]: texts },
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { bindI18nStore: 'added' },
    saveMissing: true,
    missingKeyHandler: tellMissing,
  })
}

/** A text that nobody has written is a mistake and said aloud; words that are still on their way are none. */
function tellMissing(
  _: readonly string[],
  area: string,
  key: string,
  _shown: string,
  _new: boolean,
  options: TOptions,
) {
  if (options.defaultValue === undefined && i18next.hasResourceBundle(i18next.language, area))
    console.error(`There is no text ${area}:${key} in ${i18next.language}.`)
}

/** The words that the first page does without; safe to ask for any number of times. */
export async function loadWords(...parts: Part[]): Promise<void> {
  await started()
  const language = currentLanguage()
  for (const { default: texts } of await Promise.all(parts.map((part) => words[language][part]()))) {
    const isNew = Object.keys(texts).some((area) => !i18next.hasResourceBundle(language, area))
    if (isNew) addTexts(language, texts)
  }
}

/** The router begins to load the page of the address before anything else has begun. */
async function started(): Promise<void> {
  if (!i18next.isInitialized) await new Promise<void>((begin) => i18next.on('initialized', () => begin()))
}

/** Switches at once, without a reload; the choice is kept for the next visit. */
export async function switchLanguage(language: Language): Promise<void> {
  const parts = await Promise.all(Object.values(words[language]).map((load) => load()))
  for (const { default: texts } of parts) addTexts(language, texts)
  localStorage.setItem(storageKey, language)
  tellBrowser(language)
  await i18next.changeLanguage(language)
}

export function currentLanguage(): Language {
  return languageOf(i18next.language) ?? 'en'
}

function addTexts(language: Language, texts: ResourceLanguage): void {
  for (const [area, words] of Object.entries(texts)) i18next.addResourceBundle(language, area, words)
}

function tellBrowser(language: Language): void {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

/** From which side a language is read. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  if (localStorage.getItem(directionKey) === 'rtl') return 'rtl'
  const locale = new Intl.Locale(language) as Intl.Locale & { getTextInfo?: () => { direction: 'ltr' | 'rtl' } }
  return locale.getTextInfo?.().direction ?? 'ltr'
}

function initialLanguage(): Language {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages]
  return wanted.map(languageOf).find((language) => language !== undefined) ?? 'en'
}

function languageOf(tag: string | null | undefined): Language | undefined {
  return languages.find(({ code }) => tag?.toLowerCase().startsWith(code))?.code
}
