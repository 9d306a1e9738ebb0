import type { FileValue } from '@oneforge/client'
import classes from './files.module.css'
import { OpenFile } from './OpenFile.tsx'
import { Thumbnail } from './Thumbnail.tsx'

/** The files of a field where there is room to open them. */
export function HeldFiles({ files }: { files: FileValue[] }) {
  return (
    <ul className={classes.held}>
      {files.map((file) => (
        <li key={file.id}>
          <Thumbnail file={file} size={32} /> <OpenFile id={file.id} name={file.name} />
        </li>
      ))}
    </ul>
  )
}
