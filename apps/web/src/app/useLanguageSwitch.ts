import { useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { type Language, switchLanguage } from '../i18n/index.ts'
import { showError } from '../ui/toast.tsx'

/** Switches the page at once; the profile remembers it, and the tenant's labels follow from the API. */
export function useLanguageSwitch() {
  const cache = useQueryClient()
  return async (language: Language) => {
    await switchLanguage(language)
    try {
      await client.identity.updateMe({ locale: language })
      await cache.invalidateQueries()
    } catch (error) {
      showError(error)
    }
  }
}
