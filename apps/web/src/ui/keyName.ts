import i18next from 'i18next'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/**
 * What is written on a key, in the language of the page and on its machine.
 *
 * @example keyName('Ctrl') // “Strg” in German, ⌘ on a Mac
 */
export function keyName(key: string): string {
  if (isMac && key === 'Ctrl') return '⌘'
  return i18next.exists(`app:key.${key}`) ? i18next.t(`app:key.${key}`) : key
}
