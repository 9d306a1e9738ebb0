import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { CommentForm } from './CommentForm.tsx'
import { CommentItem } from './CommentItem.tsx'
import { refreshThread, type Thread, useComments } from './noteQueries.ts'
import classes from './notes.module.css'

interface OpenThreadProps {
  thread: Thread
  /** What is commented on, for who hears the page. */
  about: string
  mayWrite: boolean
}

/** The comments themselves, and where one more is written. */
export function OpenThread({ thread, about, mayWrite }: OpenThreadProps) {
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
