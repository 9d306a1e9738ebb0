/** Texts of forms, which stand in one language or in several: one is edited at a time, the reader's. */
import type { FormText } from '@oneforge/client'

export function textIn(text: FormText | undefined, language: string): string {
  if (text === undefined || typeof text === 'string') return text ?? ''
  return text[language] ?? text.en
}

/** With this in the language; the others stay as they are. Nothing where nothing is left. */
export function withText(before: FormText | undefined, language: string, text: string): FormText | undefined {
  if (before === undefined || typeof before === 'string')
    return text === '' ? undefined : { en: text, [language]: text }
  if (text !== '') return { ...before, [language]: text }
  const { [language]: _, ...others } = before
  return language === 'en' || others.en === undefined ? undefined : { ...others, en: others.en }
}
