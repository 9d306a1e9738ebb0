/** What people say about a record: pinned notes, comments, how many there are, and texts that notes begin with. */
import type { QueryClient } from '@tanstack/react-query'
import { useQueries, useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'

/** A record, or one of its notes. */
export interface Thread {
  slug: string
  id: string
  noteId?: string | undefined
}

export const usePinnedNotes = (slug: string, id: string) =>
  useQuery({ queryKey: keys.pinnedNotes(slug, id), queryFn: () => client.notes.pinned(slug, id) })

export const useComments = ({ slug, id, noteId }: Thread, enabled: boolean) =>
  useQuery({
    queryKey: keys.comments(slug, id, noteId),
    queryFn: () => client.comments.list(slug, id, noteId),
    enabled,
  })

/** By id of the record; asked object by object. */
export function useCommentCounts(records: { slug: string; id: string }[]): (id: string) => number {
  const slugs = [...new Set(records.map(({ slug }) => slug))].sort()
  const answers = useQueries({
    queries: slugs.map((slug) => {
      const ids = records.flatMap((record) => (record.slug === slug ? [record.id] : [])).sort()
      return { queryKey: keys.commentCounts(slug, ids), queryFn: () => client.comments.counts(slug, ids) }
    }),
  })
  return (id) => answers.reduce((count, { data }) => data?.[id] ?? count, 0)
}

/** Asks again for a thread, and for all that counts it. */
export function refreshThread(cache: QueryClient, { slug, id, noteId }: Thread): void {
  void cache.invalidateQueries({ queryKey: keys.comments(slug, id, noteId) })
  void cache.invalidateQueries({ queryKey: keys.commentCounts(slug) })
  void cache.invalidateQueries({ queryKey: keys.history(slug, id) })
  if (noteId) refreshNotes(cache, slug, id)
}

/** Asks again for the notes of a record, pinned or not. */
export function refreshNotes(cache: QueryClient, slug: string, id: string): void {
  void cache.invalidateQueries({ queryKey: keys.activities(slug, id) })
  void cache.invalidateQueries({ queryKey: keys.pinnedNotes(slug, id) })
  void cache.invalidateQueries({ queryKey: keys.history(slug, id) })
}

const templatesKey = ['note templates'] as const

/** Those for records of the object, or all. */
export const useNoteTemplates = (object?: string) =>
  useQuery({
    queryKey: [...templatesKey, object],
    queryFn: () => client.noteTemplates.list(object),
    staleTime: 60_000,
  })

export const refreshNoteTemplates = (cache: QueryClient): Promise<void> =>
  cache.invalidateQueries({ queryKey: templatesKey })
