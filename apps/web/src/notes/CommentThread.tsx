import { Button } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { viewedPerson } from '../api/viewAs.ts'
import { onDemand } from '../ui/onDemand.tsx'
import type { Thread } from './noteQueries.ts'
import classes from './notes.module.css'

const OpenThread = onDemand(async () => (await import('./OpenThread.tsx')).OpenThread)

interface CommentThreadProps {
  thread: Thread
  /** How many comments there are, as far as it is known without opening the thread. */
  count: number
  /** What is commented on, for who hears the page. */
  about: string
  /** A record in the trash is read and not written on. */
  writable?: boolean
}

/** What people say to each other about a record or a note: a line that opens into the thread. */
export function CommentThread({ thread, count, about, writable = true }: CommentThreadProps) {
  const { t } = useTranslation('notes')
  const [open, setOpen] = useState(false)
  const mayWrite = writable && !viewedPerson()
  if (count === 0 && !mayWrite) return null
  return (
    <div className={classes.thread}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        className={classes.opener}
        leftSection={<IconMessage size={12} aria-hidden />}
        aria-expanded={open}
        aria-label={`${count === 0 ? t('comment') : t('comments', { count })}: ${about}`}
        onClick={() => setOpen(!open)}
      >
        {count === 0 ? t('comment') : t('comments', { count })}
      </Button>
      {open && <OpenThread thread={thread} about={about} mayWrite={mayWrite} />}
    </div>
  )
}
