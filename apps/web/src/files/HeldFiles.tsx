import { Anchor, UnstyledButton } from '@mantine/core'
import type { FileValue } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { onDemand } from '../ui/onDemand.tsx'
import type { PreviewedFile } from './FilePreview.tsx'
import classes from './files.module.css'
import { Thumbnail } from './Thumbnail.tsx'

const FilePreview = onDemand(async () => (await import('./FilePreview.tsx')).FilePreview)

/** Of the small pictures in pixels, where several files have one. */
const pictureSize = 64

/** The files of a field where there is room to open them: several pictures side by side, all else by name. */
export function HeldFiles({ files }: { files: FileValue[] }) {
  const { t } = useTranslation('files')
  const [shown, setShown] = useState<PreviewedFile>()
  const drawn = files.filter(({ thumbnail }) => thumbnail)
  const pictures = drawn.length > 1 ? drawn : []
  const named = files.filter((file) => !pictures.includes(file))
  return (
    <>
      {pictures.length > 0 && (
        <ul className={classes.pictures}>
          {pictures.map((file) => (
            <li key={file.id}>
              <UnstyledButton
                className={classes.small}
                title={file.name}
                aria-label={t('open', { name: file.name })}
                onClick={() => setShown(file)}
              >
                <Thumbnail file={file} size={pictureSize} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {named.length > 0 && (
        <ul className={classes.held}>
          {named.map((file) => (
            <li key={file.id}>
              <Thumbnail file={file} size={32} />{' '}
              <Anchor component="button" type="button" inherit ta="start" onClick={() => setShown(file)}>
                {file.name}
              </Anchor>
            </li>
          ))}
        </ul>
      )}
      {shown && (
        <FilePreview files={[...pictures, ...named]} file={shown} onGo={setShown} onClose={() => setShown(undefined)} />
      )}
    </>
  )
}
