/** The names under which answers are kept; invalidating a shorter key takes everything below it. */
import type { ListQuery } from '@oneforge/client'

export const keys = {
  workspace: () => ['workspace'] as const,
  members: () => ['members'] as const,
  templates: () => ['templates'] as const,
  objects: () => ['objects'] as const,
  object: (slug: string) => ['objects', slug] as const,
  views: (slug: string) => ['views', slug] as const,
  pinnedViews: () => ['pinned views'] as const,
  /** Everything about the records of one object. */
  records: (slug: string) => ['records', slug] as const,
  lists: (slug: string) => ['records', slug, 'list'] as const,
  /** What is listed, counted and found depends on the location shown; a record by its id does not. */
  list: (slug: string, query: ListQuery, location?: string) => ['records', slug, 'list', query, location] as const,
  count: (slug: string, query: Pick<ListQuery, 'filter' | 'search'>, location?: string) =>
    ['records', slug, 'count', query, location] as const,
  record: (slug: string, id: string) => ['records', slug, 'one', id] as const,
  history: (slug: string, id: string) => ['records', slug, 'history', id] as const,
  activities: (slug: string, id: string) => ['records', slug, 'activities', id] as const,
  pinnedNotes: (slug: string, id: string) => ['records', slug, 'pinned notes', id] as const,
  comments: (slug: string, id: string, noteId?: string) => ['records', slug, 'comments', id, noteId] as const,
  commentCounts: (slug: string, ids?: string[]) => ['records', slug, 'comment counts', ...(ids ? [ids] : [])] as const,
  followers: (slug: string, id: string) => ['records', slug, 'followers', id] as const,
  filesOf: (slug: string, ids: string[]) => ['records', slug, 'files', ids] as const,
  files: (slug: string, id: string) => ['records', slug, 'files', id] as const,
  links: (slug: string, id: string, relation: string) => ['records', slug, 'links', id, relation] as const,
  found: (slug: string, q: string, location?: string) => ['records', slug, 'search', q, location] as const,
  search: (q: string, location?: string) => ['search', q, location] as const,
  firstDay: () => ['first day'] as const,
  favourites: () => ['favourites'] as const,
  notifications: () => ['notifications'] as const,
  notificationList: (unread: boolean) => ['notifications', 'list', unread] as const,
  unread: () => ['unread'] as const,
  notificationPreferences: () => ['notification preferences'] as const,
  followSettings: () => ['follow settings'] as const,
  locations: () => ['locations'] as const,
}
