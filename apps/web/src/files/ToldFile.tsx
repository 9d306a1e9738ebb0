import { Anchor } from '@mantine/core'
import type { HistoryEntry } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { showError } from '../ui/toast.tsx'
import { FilePreview } from './FilePreview.tsx'

/** A file as the story of its record tells it: its name opens it, at the version that it had then. */
export function ToldFile({ file: { id, name, version } }: { file: NonNullable<HistoryEntry['file']> }) {
  const { t } = useTranslation('files')
  const [open, setOpen] = useState(false)
  const { data, refetch } = useQuery({ queryKey: ['file', id], queryFn: () => client.files.get(id), enabled: false })
  if (name === null) return <>{t('erasedFile')}</>

  async function show(): Promise<void> {
    const { error } = await refetch()
    if (error) showError(error)
    else setOpen(true)
  }
  return (
    <>
      <Anchor component="button" type="button" inherit fw={500} onClick={() => void show()}>
        {name}
      </Anchor>
      {version !== null && version > 1 && ` (${t('version', { version })})`}
      {open && data && (
        <FilePreview
          files={[data]}
          file={data}
          version={version ?? undefined}
          onGo={() => {}}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
