import { IconFolderPlus, IconFolderUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './files.module.css'
import { type FileDrag, newFolder } from './useFileDrag.ts'

/** While files are dragged: out of their folders, and into one that is not there yet. */
export function FurtherTargets({ drag, hasTop }: { drag: FileDrag; hasTop: boolean }) {
  const { t } = useTranslation('manyfiles')
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
