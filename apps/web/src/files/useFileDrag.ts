import type { RecordFile } from '@oneforge/client'
import { type DragEvent, type HTMLAttributes, useState } from 'react'

/** The browser wants something to carry; which files it is about, the page knows itself. */
const carried = 'application/x-oneforge-files'

/** As a target: no folder is called so. */
export const newFolder = '/'

export interface FileDrag {
  isOn: boolean
  /** For what is dragged. */
  source: (file: RecordFile) => Pick<HTMLAttributes<HTMLElement>, 'onDragStart' | 'onDragEnd'>
  /** For where it may be dropped. */
  target: (name: string) => HTMLAttributes<HTMLElement> & { 'data-over': true | undefined }
}

/**
 * Files dragged about inside the page by a pointer; the same is done by keys with «Move to…».
 *
 * @param grasp the files that go along when this one is dragged.
 * @param onDrop is told the name of the target.
 */
export function useFileDrag(
  grasp: (file: RecordFile) => RecordFile[],
  onDrop: (files: RecordFile[], target: string) => void,
): FileDrag {
  const [dragged, setDragged] = useState<RecordFile[]>()
  const [over, setOver] = useState<string>()

  function end(): void {
    setDragged(undefined)
    setOver(undefined)
  }
  function start(event: DragEvent, file: RecordFile): void {
    event.dataTransfer.setData(carried, file.id)
    event.dataTransfer.effectAllowed = 'move'
    // The browser takes its picture of what is dragged first: what comes to stand beside it would end the drag.
    setTimeout(() => setDragged(grasp(file)))
  }
  return {
    isOn: dragged !== undefined,
    source: (file) => ({ onDragStart: (event) => start(event, file), onDragEnd: end }),
    target: (name) => ({
      'data-over': (dragged !== undefined && over === name) || undefined,
      onDragOver: (event) => {
        if (!dragged) return
        event.preventDefault()
        setOver(name)
      },
      onDragLeave: ({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setOver(undefined)
      },
      onDrop: (event) => {
        if (!dragged) return
        event.preventDefault()
        end()
        onDrop(dragged, name)
      },
    }),
  }
}
