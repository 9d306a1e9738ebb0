import { Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { IconUpload } from '@tabler/icons-react'
import classes from './files.module.css'

/** Covers the page while files are dragged over it. */
export function DropAnywhere({ label, onDrop }: { label: string; onDrop: (files: File[]) => void }) {
  return (
    <Dropzone.FullScreen active onDrop={onDrop} inputProps={{ 'aria-label': label }}>
      <div className={classes.drop}>
        <IconUpload size={40} stroke={1.3} aria-hidden />
        <Text fw={600}>{label}</Text>
      </div>
    </Dropzone.FullScreen>
  )
}
