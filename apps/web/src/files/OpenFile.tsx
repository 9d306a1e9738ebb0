import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { onDemand } from '../ui/onDemand.tsx'
import { showError } from '../ui/toast.tsx'

const FilePreview = onDemand(async () => (await import('./FilePreview.tsx')).FilePreview)

interface OpenFileProps {
  id: string
  name: string
  /** Shown first; the latest without it. */
  version?: number | undefined
}

/** The name of a file, which opens it over the page. */
export function OpenFile({ id, name, version }: OpenFileProps) {
  const [open, setOpen] = useState(false)
  const { data, refetch } = useQuery({ queryKey: ['file', id], queryFn: () => client.files.get(id), enabled: false })

  async function show(): Promise<void> {
    const { error } = await refetch()
    if (error) showError(error)
    else setOpen(true)
  }
  return (
    <>
      <Anchor component="button" type="button" inherit ta="start" onClick={() => void show()}>
        {name}
      </Anchor>
      {open && data && (
        <FilePreview files={[data]} file={data} version={version} onGo={() => {}} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
