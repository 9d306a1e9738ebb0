import type { RecordFile } from '@oneforge/client'
import { useRef, useState } from 'react'

export interface FileSelection {
  /** In the order in which they are shown. */
  files: RecordFile[]
  has: (file: RecordFile) => boolean
  /** @param isRange all from the one that was last clicked to this one. */
  toggle: (file: RecordFile, isRange: boolean) => void
  selectAll: () => void
  clear: () => void
}

/** Which of the files shown are chosen. What is gone is chosen no more. */
export function useFileSelection(shown: RecordFile[]): FileSelection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const lastClicked = useRef<string>(undefined)

  function toggle({ id }: RecordFile, isRange: boolean): void {
    const [from, to] = [lastClicked.current, id].map((at) => shown.findIndex((file) => file.id === at))
    lastClicked.current = id
    const range = isRange && from! >= 0 ? shown.slice(Math.min(from!, to!), Math.max(from!, to!) + 1) : undefined
    setIds((before) => {
      const next = new Set(before)
      if (range) for (const file of range) next.add(file.id)
      else if (!next.delete(id)) next.add(id)
      return next
    })
  }
  return {
    files: shown.filter(({ id }) => ids.has(id)),
    has: ({ id }) => ids.has(id),
    toggle,
    selectAll: () => setIds(new Set(shown.map(({ id }) => id))),
    clear: () => setIds(new Set()),
  }
}
