import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { BulkChange } from '@oneforge/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { useWorkspace } from '../../api/workspace.ts'
import { showError } from '../../ui/toast.tsx'
import { awaited, hasEnded, tellOf, useBulkChanges } from './bulkChanges.ts'

/** Shows how far the caller's changes of many records are, wherever they go in the page and after a reload. */
export function BulkProgress() {
  const cache = useQueryClient()
  const { user } = useWorkspace()
  const { data } = useBulkChanges()
  const watched = useRef(new Set<string>())

  useEffect(() => {
    for (const change of data ?? []) {
      if (change.createdBy.id !== user.id) continue
      const isWatched = watched.current.has(change.id)
      if (!hasEnded(change)) {
        show(change, isWatched)
        watched.current.add(change.id)
        awaited.delete(change.id)
      } else if (awaited.delete(change.id) || isWatched) {
        watched.current.delete(change.id)
        notifications.hide(toastOf(change))
        tellOf(cache, change)
      }
    }
  }, [data, user.id, cache])
  return null
}

const toastOf = ({ id }: BulkChange): string => `bulk-${id}`

function show(change: BulkChange, isShown: boolean): void {
  const toast = {
    id: toastOf(change),
    autoClose: false,
    withCloseButton: false,
    withBorder: true,
    color: 'gray',
    message: <Running change={change} />,
  } as const
  if (isShown) notifications.update(toast)
  else notifications.show(toast)
}

function Running({ change }: { change: BulkChange }) {
  const { t } = useTranslation('bulk')
  const cancel = useMutation({ mutationFn: () => client.jobs.cancel(change.id), onError: showError })
  const { action, progress, total, changed, unchanged, refused } = change
  const done = changed + unchanged + refused
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">
          {t(`running.${action}`)} {total > 0 && t('progress', { count: done, total })}
        </Text>
        <Button variant="subtle" size="compact-sm" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('stop')}
        </Button>
      </Group>
      <Progress value={progress} size="sm" aria-label={t(`running.${action}`)} />
    </Stack>
  )
}
