import type { Activity } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { NoteItem } from '../record/NoteItem.tsx'
import classes from './notes.module.css'

interface PinnedNotesProps {
  slug: string
  id: string
  notes: Activity[]
  /** A record in the trash is read and not written on. */
  writable: boolean
}

/** The notes that stand above the story, whatever of it is shown. */
export function PinnedNotes({ slug, id, notes, writable }: PinnedNotesProps) {
  const { t } = useTranslation('notes')
  if (notes.length === 0) return null
  return (
    <section aria-label={t('pinned')}>
      <h2 className={classes.heading}>{t('pinned')}</h2>
      <ul className={classes.pinned}>
        {notes.map((note) => (
          <li key={note.id}>
            <NoteItem slug={slug} id={id} note={note} writable={writable} />
          </li>
        ))}
      </ul>
    </section>
  )
}
