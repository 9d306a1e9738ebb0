/** Where in a list somebody was: a record that was opened from it leads back there, to the same view, days and filter. */
import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { paths } from '../paths.ts'

/** The last address of each object's list; as long as the page is open, since it may name what nobody else shall read. */
const places = new Map<string, string>()

/** What lies over the list is not opened again. */
const passing = ['create', 'peek']

/** Remembers where the list of the object is. */
export function useKeptPlace(slug: string): void {
  const { search } = useLocation()
  useEffect(() => {
    const params = new URLSearchParams(search)
    for (const name of passing) params.delete(name)
    places.set(slug, params.toString())
  }, [slug, search])
}

/** The list of the object as it was left. */
export function listLeft(slug: string): string {
  const query = places.get(slug)
  return query ? `${paths.list(slug)}?${query}` : paths.list(slug)
}
