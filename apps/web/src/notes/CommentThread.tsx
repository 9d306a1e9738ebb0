import { Button } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { CommentForm } from './CommentForm.tsx'
import { CommentItem } from './CommentItem.tsx'
import { refreshThread, type Thread, useComments } from './noteQueries.ts'
import classes from './notes.module.css'

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

function OpenThread({ thread, about, mayWrite }: { thread: Thread; about: string; mayWrite: boolean }) {
  const { t } = useTranslation('notes')
  const cache = useQueryClient()
  const { data } = useComments(thread, true)
  const { slug, id, noteId } = thread
  const add = useMutation({
    mutationFn: (body: string) => client.comments.add(slug, id, body, noteId),
    onSuccess: () => refreshThread(cache, thread),
  })
  return (
    <div className={classes.open}>
      {data && data.items.length > 0 && (
        <ol className={classes.comments} aria-label={t('commentsOn', { about })}>
          {data.items.map((comment) => (
            <CommentItem key={comment.id} comment={comment} thread={thread} mayChange={mayWrite && comment.own} />
          ))}
        </ol>
      )}
      {mayWrite && (
        <CommentForm
          thread={thread}
          label={t('commentLabel', { about })}
          save={t('send')}
          onSave={(body) => add.mutateAsync(body)}
          autoFocus
        />
      )}
    </div>
  )
}
