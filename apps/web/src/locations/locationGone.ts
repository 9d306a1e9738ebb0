import type { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { keys } from '../api/keys.ts'
import { showToast } from '../ui/toast.tsx'

/** The location shown cannot be looked at any more, and all of them are shown instead: nobody should overlook that. */
export function tellLocationIsGone(cache: QueryClient): void {
  showToast({ message: i18next.t('locations:switcher.gone') })
  void cache.invalidateQueries({ queryKey: keys.locations() })
  void cache.invalidateQueries({ queryKey: keys.workspace() })
}
