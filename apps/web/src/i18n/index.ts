/**
 * The words of the page itself, in English, Spanish and German; the tenant's own labels come from the API in the
 * language that the page asks for. One JSON file per area and language: `useTranslation('list')` reads `en/list.json`.
 */
import type { Part } from './areas.ts'
import texts, { addTexts, hasTexts, setLanguage, type Words } from './texts.ts'

export const languages = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Español' },
  { code: 'de', name: 'Deutsch' },
] as const
export type Language = (typeof languages)[number]['code']

const storageKey = 'oneforge-language'
/** `rtl` here turns the page around in any language: for looking at it before there is one that is written so. */
const directionKey = 'oneforge-direction'

type Load = () => Promise<{ default: Record<string, Words> }>

/** A file each, which build/words.ts makes of the areas. */
const words: Record<Language, Record<Part, Load>> = {
  en: {
    first: () => import('words:en/first'),
    later: () => import('words:en/later'),
    settings: () => import('words:en/settings'),
    help: () => import('words:en/help'),
    mail: () => import('words:en/mail'),
    automation: () => import('words:en/automation'),
    dashboards: () => import('words:en/dashboards'),
    filling: () => import('words:en/filling'),
    recurrence: () => import('words:en/recurrence'),
  },
  es: {
    first: () => import('words:es/first'),
    later: () => import('words:es/later'),
    settings: () => import('words:es/settings'),
    help: () => import('words:es/help'),
    mail: () => import('words:es/mail'),
    automation: () => import('words:es/automation'),
    dashboards: () => import('words:es/dashboards'),
    filling: () => import('words:es/filling'),
    recurrence: () => import('words:es/recurrence'),
  },
  de: {
    first: () => import('words:de/first'),
    later: () => import('words:de/later'),
    settings: () => import('words:de/settings'),
    help: () => import('words:de/help'),
    mail: () => import('words:de/mail'),
    automation: () => import('words:de/automation'),
    dashboards: () => import('words:de/dashboards'),
    filling: () => import('words:de/filling'),
    recurrence: () => import('words:de/recurrence'),
  },
}

/** The router begins to load the page of the address before anything else has begun. */
const { promise: started, resolve: begin } = Promise.withResolvers<void>()

/** Loads the language kept from the last visit, or the browser's, before the first render. */
export async function startI18n(): Promise<void> {
  const language = initialLanguage()
  const { default: first } = await words[language].first()
  tellBrowser(language)
  addTexts(language, first)
  setLanguage(language)
  begin()
}

/** The words that the first page does without; safe to ask for any number of times. */
export async function loadWords(...parts: Part[]): Promise<void> {
  await started
  const language = currentLanguage()
  for (const { default: further } of await Promise.all(parts.map((part) => words[language][part]()))) {
    const isNew = Object.keys(further).some((area) => !hasTexts(language, area))
    if (isNew) addTexts(language, further)
  }
}

/** Switches at once, without a reload; the choice is kept for the next visit. */
export async function switchLanguage(language: Language): Promise<void> {
  const parts = await Promise.all(Object.values(words[language]).map((load) => load()))
  for (const { default: further } of parts) addTexts(language, further)
  localStorage.setItem(storageKey, language)
  tellBrowser(language)
  setLanguage(language)
}

export function currentLanguage(): Language {
  return languageOf(texts.language) ?? 'en'
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
