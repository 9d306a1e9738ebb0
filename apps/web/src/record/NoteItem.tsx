import { Text } from '@mantine/core'
import type { Activity } from '@oneforge/client'
import { IconNote } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { MentionedText } from '../notifications/MentionedText.tsx'
import { RelativeTime } from './RelativeTime.tsx'
import classes from './StoryPanel.module.css'

export function NoteItem({ note }: { note: Activity }) {
  const { t } = useTranslation('record')
  return (
    <>
      <span className={classes.mark}>
        <IconNote size={12} aria-hidden />
      </span>
      <div className={classes.sentence}>
        <Text span inherit fw={600}>
          {note.actor?.name ?? t('history.system')}
        </Text>{' '}
        {t('story.noted')} <RelativeTime at={note.at} />
      </div>
      <div className={classes.note}>
        <MentionedText body={note.body} people={note.mentions} />
      </div>
    </>
  )
}
