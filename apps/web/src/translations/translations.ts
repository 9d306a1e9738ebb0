/** The words of the workspace in another language: asked, written one by one, and in files. */
import type { Translations } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { refreshMetadata } from '../api/objects.ts'
import { showError } from '../ui/toast.tsx'

const translationsKey = (locale: string) => ['translations', locale] as const

export const useTranslations = (locale: string) =>
  useQuery({ queryKey: translationsKey(locale), queryFn: () => client.translations.list(locale) })

/** What was typed stands at once; a refusal shows what was there before. */
export function useTranslate(locale: string) {
  const cache = useQueryClient()
  const queryKey = translationsKey(locale)
  return useMutation({
    mutationFn: ({ id, text }: { id: string; text: string | null }) => client.translations.set(locale, { [id]: text }),
    onMutate: ({ id, text }) =>
      cache.setQueryData<Translations>(queryKey, (known) => known && withText(known, id, text)),
    onSuccess: () => refreshMetadata(cache),
    onError: (error) => {
      showError(error)
      return cache.invalidateQueries({ queryKey })
    },
  })
}

function withText(known: Translations, id: string, text: string | null): Translations {
  const texts = known.texts.map((one) => (one.id === id ? { ...one, text } : one))
  return { ...known, texts, missing: texts.filter((one) => one.text === null).length }
}

export interface TranslationFile {
  format: 'csv' | 'json'
  content: string
}

export function useImportTranslations(locale: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (file: TranslationFile) => client.translations.importFile({ ...file, locale }),
    onSuccess: () =>
      Promise.all([cache.invalidateQueries({ queryKey: translationsKey(locale) }), refreshMetadata(cache)]),
    onError: showError,
  })
}
