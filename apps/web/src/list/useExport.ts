import type { ExportFormat, ListQuery } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { saveFile } from '../ui/saveFile.ts'
import { showError } from '../ui/toast.tsx'

/** Takes records out as a file: `take.mutate({ format: 'csv', query })`. */
export function useExport(object: string) {
  return useMutation({
    mutationFn: ({ format, query }: { format: ExportFormat; query: ListQuery }) =>
      client.exports.download(object, format, query),
    onSuccess: saveFile,
    onError: showError,
  })
}
