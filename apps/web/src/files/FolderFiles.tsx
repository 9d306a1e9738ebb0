import { IconFolder, IconFolderPlus, IconFolderUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
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

/** No folder is called so. */
export const newFolder = '/'

/** While files are dragged: out of their folders, and into one that is not there yet. */
export function FurtherTargets({ drag, hasTop }: { drag: FileDrag; hasTop: boolean }) {
  const { t } = useTranslation('files')
  if (!drag.isOn) return null
  return (
    <>
      {!hasTop && (
        <div className={classes.further} {...drag.target('')}>
          <IconFolderUp size={14} aria-hidden /> {t('noFolder')}
        </div>
      )}
      <div className={classes.further} {...drag.target(newFolder)}>
        <IconFolderPlus size={14} aria-hidden /> {t('newFolder')}
      </div>
    </>
  )
}
