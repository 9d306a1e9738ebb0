import { useMutation } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { startViewing, stopViewing } from '../api/viewAs.ts'
import { showError } from '../ui/toast.tsx'

/** Begins to look at everything as that member would. */
export function useViewAs() {
  const begin = useMutation({
    mutationFn: client.access.beginViewAs,
    onSuccess: ({ userId, name }) => startViewing({ userId, name }),
    onError: showError,
  })
  return begin.mutate
}

/** Back to one's own eyes, even where noting the end fails. */
export function useEndViewAs() {
  const end = useMutation({ mutationFn: client.access.endViewAs, onSettled: stopViewing })
  return () => end.mutate()
}
