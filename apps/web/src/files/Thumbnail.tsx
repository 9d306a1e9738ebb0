import type { FileValue } from '@oneforge/client'
import { FileIcon } from './FileIcon.tsx'
import classes from './files.module.css'
import { thumbnailAddress } from './thumbnailAddress.ts'

interface ThumbnailProps {
  file: Pick<FileValue, 'id' | 'type' | 'version' | 'thumbnail'>
  /** Of its square in pixels. */
  size?: number
}

/** What a file looks like, for the eye: a small picture of it where there is one, else the icon of its kind. */
export function Thumbnail({ file, size = 24 }: ThumbnailProps) {
  if (!file.thumbnail) {
    return (
      <span className={classes.noThumbnail} style={{ width: size }}>
        <FileIcon type={file.type} />
      </span>
    )
  }
  return (
    <img
      className={classes.thumbnail}
      src={thumbnailAddress(file)}
      alt=""
      draggable={false}
      width={size}
      height={size}
      loading="lazy"
      decoding="async"
    />
  )
}
