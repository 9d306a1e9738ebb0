import type { FileValue } from '@oneforge/client'
import { FileIcon } from './FileIcon.tsx'
import classes from './files.module.css'
import { OpenFile } from './OpenFile.tsx'

/** The files of a field where there is room to open them. */
export function HeldFiles({ files }: { files: FileValue[] }) {
  return (
    <ul className={classes.held}>
      {files.map(({ id, name, type }) => (
        <li key={id}>
          <FileIcon type={type} /> <OpenFile id={id} name={name} />
        </li>
      ))}
    </ul>
  )
}
