import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { errorText } from '../api/client.ts'
import { offerUndo } from './undoKey.ts'

interface Toast {
  message: string
  /** Offers «Undo»; when it fails the reason is shown. */
  undo?: () => Promise<void>
}

/** What stands there of each kind: the next one takes its place, so that they do not pile up over the page. */
const standing: Partial<Record<'done' | 'refused', string>> = {}

function inPlaceOf(kind: keyof typeof standing): string {
  if (standing[kind]) notifications.hide(standing[kind])
  const id = crypto.randomUUID()
  standing[kind] = id
  return id
}

/** Something has happened; bottom right, gone by itself. An undo stays long enough to be reached. */
export function showToast({ message, undo }: Toast): void {
  const id = inPlaceOf('done')
  const takeBack = async () => {
    forget?.()
    notifications.hide(id)
    try {
      await undo?.()
    } catch (error) {
      showError(error)
    }
  }
  const forget = undo && offerUndo(() => void takeBack())
  notifications.show({
    id,
    autoClose: undo ? 10_000 : 4_000,
    onClose: forget,
    withBorder: true,
    color: 'gray',
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        {undo && (
          <Button variant="subtle" size="compact-sm" flex="none" onClick={takeBack}>
            {i18next.t('app:undo')}
          </Button>
        )}
      </Group>
    ),
  })
}

export interface ProgressToast {
  tell: (message: string) => void
  hide: () => void
}

/** How far long work is; stays until it is hidden. */
export function showProgress(message: string): ProgressToast {
  const id = crypto.randomUUID()
  const steady = { id, loading: true, autoClose: false, withCloseButton: false, withBorder: true } as const
  notifications.show({ ...steady, message })
  return {
    tell: (next) => notifications.update({ ...steady, message: next }),
    hide: () => notifications.hide(id),
  }
}

/** What was refused and why, in the words of the server. */
export function showError(error: unknown): void {
  const id = inPlaceOf('refused')
  notifications.show({
    id,
    message: errorText(error),
    color: 'red',
    withBorder: true,
    autoClose: 10_000,
    role: 'alert',
    // Each reason in a line of its own.
    styles: { description: { whiteSpace: 'pre-line' } },
  })
}
