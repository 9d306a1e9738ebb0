import type { Favourite, Followers, FollowSettings } from './generated.ts'
import type { Http } from './http.ts'

/** What is to be at hand: a record, a view, or an address of the page with its name. */
export type FavouriteInput =
  | { object: string; recordId: string }
  | { object: string; viewId: string }
  | { page: string; label: string }

/** Who follows which records. */
export function followingMethods({ request }: Http) {
  return {
    of: (object: string, id: string) => request<Followers>('GET', `/${object}/${id}/followers`),
    follow: (object: string, id: string) => request<Followers>('PUT', `/${object}/${id}/follow`),
    unfollow: (object: string, id: string) => request<void>('DELETE', `/${object}/${id}/follow`),
    settings: () => request<FollowSettings>('GET', '/following/settings'),
    change: (change: Partial<FollowSettings>) =>
      request<FollowSettings>('PATCH', '/following/settings', { body: change }),
  }
}

/** What the caller wants at hand, in their order. */
export function favouriteMethods({ request }: Http) {
  return {
    list: () => request<Favourite[]>('GET', '/favourites'),
    add: (target: FavouriteInput) => request<Favourite[]>('PUT', '/favourites', { body: target }),
    remove: (ids: string[]) => request<void>('DELETE', '/favourites', { body: { ids } }),
    arrange: (ids: string[]) => request<Favourite[]>('PUT', '/favourites/order', { body: { ids } }),
  }
}
