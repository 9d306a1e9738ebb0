import {
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMovie,
  IconMusic,
  IconPhoto,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import classes from './files.module.css'

/** The first that fits. */
const icons: [RegExp, ComponentType<{ size: number; stroke: number }>][] = [
  [/^image\//, IconPhoto],
  [/^video\//, IconMovie],
  [/^audio\//, IconMusic],
  [/pdf$/, IconFileTypePdf],
  [/csv|sheet|excel/, IconFileSpreadsheet],
  [/^text\/|word|json|xml|rtf/, IconFileText],
  [/zip|compressed|tar$/, IconFileZip],
]

/** What kind of file it is, for the eye: the name beside it says it in words. */
export function FileIcon({ type }: { type: string }) {
  const Icon = icons.find(([pattern]) => pattern.test(type))?.[1] ?? IconFile
  return (
    <span className={classes.icon} aria-hidden>
      <Icon size={18} stroke={1.5} />
    </span>
  )
}
