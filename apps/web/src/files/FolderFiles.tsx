import { IconFolder } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './files.module.css'
import type { FileDrag } from './useFileDrag.ts'

interface FolderFilesProps {
  /** Empty for the files that lie in none. */
  folder: string
  drag: FileDrag
  children: ReactNode
}

/** A folder with its files, which takes others that are dragged onto it. */
export function FolderFiles({ folder, drag, children }: FolderFilesProps) {
  return (
    <div className={classes.target} {...drag.target(folder)}>
      {folder && (
        <h3 className={classes.folder}>
          <IconFolder size={14} aria-hidden /> {folder}
        </h3>
      )}
      <ul className={classes.list}>{children}</ul>
    </div>
  )
}
