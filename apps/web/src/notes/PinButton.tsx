import type { Activity } from '@oneforge/client'
import { IconPin, IconPinnedOff } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { showError } from '../ui/toast.tsx'
import { refreshNotes } from './noteQueries.ts'

/** Puts a note above the story of its record, or lets it go. */
export function PinButton({ slug, id, note }: { slug: string; id: string; note: Activity }) {
  const { t } = useTranslation('notes')
  const cache = useQueryClient()
  const pin = useMutation({
    mutationFn: () => client.notes.pin(slug, id, note.id, !note.pinned),
    onSuccess: () => refreshNotes(cache, slug, id),
    onError: showError,
  })
  return (
    <IconButton label={t(note.pinned ? 'unpin' : 'pin')} size="xs" onClick={() => pin.mutate()} loading={pin.isPending}>
      {note.pinned ? <IconPinnedOff size={14} /> : <IconPin size={14} />}
    </IconButton>
  )
}
