/**
 * Puts `src/i18n/texts.ts` in the place of i18next, of which the page uses a tenth, and what belongs to it in that of
 * react-i18next. Their types stay what the sources are checked against.
 */
import { join } from 'node:path'
import type { Plugin } from 'vite'

const folder = join(import.meta.dirname, '../src/i18n')

export function ownTexts(): Plugin {
  const alias = { i18next: join(folder, 'texts.ts'), 'react-i18next': join(folder, 'useTranslation.ts') }
  return { name: 'own-texts', config: () => ({ resolve: { alias } }) }
}
