import type { Notification, NotificationPreferences, NotificationWish, UnreadCount } from './generated.ts'
import type { Http } from './http.ts'

export interface NotificationChange {
  kinds?: Record<string, Partial<NotificationWish>>
  dailyAt?: string
}

/** What the caller was told, and how they wish to be. */
export function notificationMethods({ request, envelope }: Http) {
  return {
    /** The latest first; an empty cursor starts. */
    async list({ cursor = '', unread = false, limit = 30 } = {}) {
      const { data, pagination } = await envelope<Notification[]>('GET', '/notifications', {
        query: { cursor, unread, limit },
      })
      const { nextCursor } = pagination as { nextCursor: string | null }
      return { items: data, nextCursor }
    },
    unread: () => request<UnreadCount>('GET', '/notifications/unread'),
    read: (what: { ids: string[] } | { upTo: string }) =>
      request<UnreadCount>('POST', '/notifications/read', { body: what }),
    preferences: () => request<NotificationPreferences>('GET', '/notifications/preferences'),
    prefer: (change: NotificationChange) =>
      request<NotificationPreferences>('PATCH', '/notifications/preferences', { body: change }),
    /** Members who may be mentioned on the record. */
    mentionable: (object: string, id: string, q: string, signal?: AbortSignal) =>
      request<{ id: string; name: string }[]>('GET', `/${object}/${id}/mentionable`, { query: { q }, signal }),
    /** By the link of a mail; nobody needs to be signed in. */
    unsubscribe: (token: string) => request<void>('POST', '/notifications/unsubscribe', { query: { token } }),
  }
}
