import { Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { ImportResult } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { showError } from '../ui/toast.tsx'

interface Undoable {
  id: string
  created: number
  updated: number
  /** The object was made for the file. */
  createsObject?: boolean | undefined
}

export function undoableOf(id: string, { created = 0, updated = 0, createsObject }: Partial<ImportResult>): Undoable {
  return { id, created, updated, createsObject }
}

/** Takes a whole import back after asking; `onStarted` gets the job that does it. */
export function useUndoImport(onStarted: (jobId: string) => void) {
  const { t } = useTranslation('imports')
  const undo = useMutation({
    mutationFn: (id: string) => client.imports.undo(id),
    onSuccess: ({ jobId }) => onStarted(jobId),
    onError: showError,
  })
  const confirmUndo = ({ id, created, updated, createsObject }: Undoable) =>
    openConfirmModal({
      title: t('undo.title'),
      children: (
        <Text size="sm">
          {createsObject ? t('undo.withObject', { count: created }) : t('undo.explanation', { created, updated })}
        </Text>
      ),
      labels: { confirm: t('undo.confirm'), cancel: t('undo.keep') },
      confirmProps: { color: 'red' },
      onConfirm: () => undo.mutate(id),
    })
  return { confirmUndo, undoing: undo.isPending }
}
