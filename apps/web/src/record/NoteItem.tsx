import { Text } from '@mantine/core'
import type { Activity } from '@oneforge/client'
import { IconNote } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { viewedPerson } from '../api/viewAs.ts'
import { useMay } from '../api/workspace.ts'
import { CommentThread } from '../notes/CommentThread.tsx'
import { PinButton } from '../notes/PinButton.tsx'
import { MentionedText } from '../notifications/MentionedText.tsx'
import { RelativeTime } from './RelativeTime.tsx'
import classes from './StoryPanel.module.css'

interface NoteItemProps {
  slug: string
  id: string
  note: Activity
  /** A record in the trash is read and not written on. */
  writable: boolean
}

/** A note with what was said about it. */
export function NoteItem({ slug, id, note, writable }: NoteItemProps) {
  const { t } = useTranslation('record')
  const may = useMay(slug)
  const name = note.actor?.name ?? t('history.system')
  return (
    <>
      <span className={classes.mark}>
        <IconNote size={12} aria-hidden />
      </span>
      <div className={classes.sentence}>
        <Text span inherit fw={600}>
          {name}
        </Text>{' '}
        {t('story.noted')} <RelativeTime at={note.at} />
        {writable && may('update') && !viewedPerson() && (
          <span className={classes.pin}>
            <PinButton slug={slug} id={id} note={note} />
          </span>
        )}
      </div>
      <div className={classes.note}>
        <MentionedText body={note.body} people={note.mentions} />
      </div>
      <CommentThread
        thread={{ slug, id, noteId: note.id }}
        count={note.comments}
        about={t('story.noteOf', { name })}
        writable={writable}
      />
    </>
  )
}
