/** What of the workspace an address shows, as far as it can be a favourite. */
import type { Favourite, FavouriteInput, View } from '@oneforge/client'
import { paths } from '../paths.ts'

/** The object whose list, or of which a record, the address shows. */
export interface Place {
  object?: string
  recordId?: string
}

export function placeOf(pathname: string): Place {
  const [, object, recordId] = /^\/o\/([^/]+)(?:\/([0-9a-f-]{36}))?$/.exec(pathname) ?? []
  return { object, recordId }
}

/** The view of the address where it names one that is known, the record, or else the page by what its tab says. */
export function targetOf(
  { pathname, search }: { pathname: string; search: string },
  views: Pick<View, 'id' | 'key'>[],
  tabTitle: string,
): FavouriteInput {
  const { object, recordId } = placeOf(pathname)
  if (object && recordId) return { object, recordId }
  const view = views.find(({ key }) => key === new URLSearchParams(search).get('view'))
  if (object && view) return { object, viewId: view.id }
  return { page: pathname, label: tabTitle.replace(/ · OneForge$/, '') }
}

export function isSame(favourite: Favourite, target: FavouriteInput): boolean {
  if ('recordId' in target) return favourite.recordId === target.recordId
  if ('viewId' in target) return favourite.viewId === target.viewId
  return favourite.page === target.page
}

/** Where a favourite leads. */
export function addressOf({ object, recordId, view, page }: Favourite): string {
  if (object && recordId) return paths.record(object, recordId)
  if (object && view) return paths.list(object, { view })
  return page ?? paths.home()
}
