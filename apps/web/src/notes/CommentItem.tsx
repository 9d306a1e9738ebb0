import { Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { Comment } from '@oneforge/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { MentionedText } from '../notifications/MentionedText.tsx'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { EditDeleteMenu } from '../ui/EditDeleteMenu.tsx'
import { showError } from '../ui/toast.tsx'
import { CommentForm } from './CommentForm.tsx'
import { refreshThread, type Thread } from './noteQueries.ts'
import classes from './notes.module.css'

interface CommentItemProps {
  comment: Comment
  thread: Thread
  mayChange: boolean
}

/** One comment; what is one's own can be changed where it stands, and deleted. */
export function CommentItem({ comment, thread, mayChange }: CommentItemProps) {
  const { t } = useTranslation('notes')
  const cache = useQueryClient()
  const [editing, setEditing] = useState(false)
  const { slug, id } = thread
  const change = useMutation({
    mutationFn: (body: string) => client.comments.change(slug, id, comment.id, body),
    onSuccess: () => {
      setEditing(false)
      refreshThread(cache, thread)
    },
  })
  const remove = useMutation({
    mutationFn: () => client.comments.remove(slug, id, comment.id),
    onSuccess: () => refreshThread(cache, thread),
    onError: showError,
  })
  const askToRemove = () =>
    openConfirmModal({
      title: t('deleteTitle'),
      children: <Text size="sm">{t('deleteText')}</Text>,
      labels: { confirm: t('delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    })
  return (
    <li className={classes.comment}>
      <div className={classes.who}>
        <Text span inherit fw={600}>
          {comment.actor.name}
        </Text>{' '}
        <RelativeTime at={comment.at} />
        {comment.editedAt && (
          <Text span inherit c="dimmed">
            {' '}
            {t('edited')}
          </Text>
        )}
        {mayChange && !editing && (
          <EditDeleteMenu
            small
            className={classes.actions}
            label={t('actions')}
            edit={t('edit')}
            remove={t('delete')}
            onEdit={() => setEditing(true)}
            onRemove={askToRemove}
          />
        )}
      </div>
      {editing ? (
        <CommentForm
          thread={thread}
          label={t('edit')}
          save={t('save')}
          initial={comment}
          onSave={(body) => change.mutateAsync(body)}
          onCancel={() => setEditing(false)}
          autoFocus
        />
      ) : (
        <div className={classes.words}>
          <MentionedText body={comment.body} people={comment.mentions} />
        </div>
      )}
    </li>
  )
}
