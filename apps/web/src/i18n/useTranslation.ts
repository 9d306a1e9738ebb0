import { useMemo, useSyncExternalStore } from 'react'
import texts, { onTexts, type Translate, textsVersion, translatorOf } from './texts.ts'

/**
 * The texts of some areas, drawn anew whenever their words come or change. The build puts it in the place of the one of
 * react-i18next, as texts.ts in that of i18next.
 */
export function useTranslation(areas: string | readonly string[] = 'app'): { t: Translate; i18n: typeof texts } {
  const version = useSyncExternalStore(onTexts, textsVersion)
  const named = String(areas)
  // Another version is another function: what was worked out by means of it is worked out anew.
  const t = useMemo(() => translatorOf(named.split(',')), [named, version])
  return { t, i18n: texts }
}
