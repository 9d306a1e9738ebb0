/**
 * What the person was told.
 * - useUnread(): how many are unread, asked for again and again while the page is looked at.
 * - useNotifications(unread): the list, stretch by stretch.
 * - useMarkRead(): some of them, or all up to the newest that is shown.
 * - useNotificationPreferences() / usePrefer(): what they wish to be told of.
 */
import type { NotificationPreferences, NotificationWish } from '@oneforge/client'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { showError } from '../ui/toast.tsx'

const lookEveryMs = 15_000
/** From here on the server does not count. */
export const mostCounted = 100

export function useUnread(): number {
  const cache = useQueryClient()
  const { data } = useQuery({
    queryKey: keys.unread(),
    queryFn: async () => (await client.notifications.unread()).unread,
    staleTime: 0,
    refetchInterval: lookEveryMs,
    refetchOnWindowFocus: true,
  })
  useEffect(() => {
    if (data) void cache.invalidateQueries({ queryKey: keys.notifications() })
  }, [data, cache])
  return data ?? 0
}

export function useNotifications(unread: boolean) {
  return useInfiniteQuery({
    queryKey: keys.notificationList(unread),
    queryFn: ({ pageParam }) => client.notifications.list({ cursor: pageParam, unread }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}

export function useMarkRead() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: client.notifications.read,
    onSuccess: ({ unread }) => {
      cache.setQueryData(keys.unread(), unread)
      void cache.invalidateQueries({ queryKey: keys.notifications() })
    },
    onError: showError,
  })
}

export function useNotificationPreferences() {
  return useQuery({ queryKey: keys.notificationPreferences(), queryFn: client.notifications.preferences })
}

/** Counts at once; goes back when it is refused. */
export function usePrefer() {
  const cache = useQueryClient()
  const key = keys.notificationPreferences()
  return useMutation({
    mutationKey: key,
    mutationFn: client.notifications.prefer,
    onMutate: ({ kinds = {} }) => {
      void cache.cancelQueries({ queryKey: key })
      const before = cache.getQueryData<NotificationPreferences>(key)
      if (before) cache.setQueryData(key, { ...before, kinds: merged(before.kinds, kinds) })
      return { before }
    },
    // Of several choices in a row only the last answer knows them all.
    onSuccess: (preferences) => cache.isMutating({ mutationKey: key }) === 1 && cache.setQueryData(key, preferences),
    onError: (error, _, shown) => {
      cache.setQueryData(key, shown?.before)
      showError(error)
    },
  })
}

type Wishes = NotificationPreferences['kinds']

const merged = (wishes: Wishes, change: Record<string, Partial<NotificationWish>>): Wishes =>
  Object.fromEntries(Object.entries(wishes).map(([kind, wish]) => [kind, { ...wish, ...change[kind] }])) as Wishes
