import { Button, Text } from '@mantine/core'
import type { HistoryEntry, ObjectMeta, Stay } from '@oneforge/client'
import {
  IconArrowRight,
  IconLink,
  IconMessage,
  IconPaperclip,
  IconPencil,
  IconPin,
  IconPlus,
  IconRestore,
  IconTrash,
} from '@tabler/icons-react'
import { type ComponentType, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isEmptyValue } from '../fields/format.ts'
import { ToldFile } from '../files/ToldFile.tsx'
import { useListFields } from '../list/useListFields.ts'
import { BringBackMenu } from './BringBackMenu.tsx'
import { ChecklistChange } from './ChecklistChange.tsx'
import { PastValue } from './PastValue.tsx'
import { RelativeTime } from './RelativeTime.tsx'
import { StageMoveText } from './StageMoveText.tsx'
import classes from './StoryPanel.module.css'
import { sentenceKey } from './story.ts'

const icons: Record<string, ComponentType<{ size: number }>> = {
  created: IconPlus,
  deleted: IconTrash,
  restored: IconRestore,
  linked: IconLink,
  unlinked: IconLink,
  commented: IconMessage,
  comment_changed: IconMessage,
  comment_deleted: IconMessage,
  note_pinned: IconPin,
  note_unpinned: IconPin,
  file_added: IconPaperclip,
  file_renewed: IconPaperclip,
  file_changed: IconPaperclip,
  file_deleted: IconPaperclip,
  file_restored: IconPaperclip,
  file_erased: IconPaperclip,
}

/** More changes than these in one entry are folded. */
const shown = 4

/** One entry of the history: who did what, and each field before and after in the tenant's own words. */
export function ChangeItem({ entry, object, stays }: { entry: HistoryEntry; object: ObjectMeta; stays: Stay[] }) {
  const { t } = useTranslation('record')
  const [open, setOpen] = useState(false)
  const Icon = icons[entry.action] ?? IconPencil
  const changes = entry.changes.filter(({ before, after }) => !isEmptyValue(before) || !isEmptyValue(after))
  const inline = changes.length === 1 && entry.action !== 'created' ? changes[0] : undefined
  // What a new record was filled with is seen beside the story; only later changes are news.
  const listed = inline ? [] : open ? changes : changes.slice(0, entry.action === 'created' ? 0 : shown)
  const folded = inline ? 0 : changes.length - listed.length
  return (
    <>
      <span className={classes.mark}>
        <Icon size={12} aria-hidden />
      </span>
      <div className={classes.sentence}>
        <Text span inherit fw={600}>
          {entry.actor?.name ?? t('history.system')}
        </Text>{' '}
        {t(sentenceKey(entry), { count: changes.length, action: entry.action })}{' '}
        {entry.file && <ToldFile file={entry.file} />}{' '}
        {inline && <ChangeText change={inline} entry={entry} object={object} stays={stays} />}{' '}
        {entry.source === 'import' && `${t('history.byImport')} `}
        {entry.source === 'bulk' && `${t('history.byBulk')} `}
        {entry.source === 'mail' && `${t('history.byMail')} `}
        {entry.source === 'form' && `${t('history.byForm')} `}
        {entry.source === 'history' && `${t('history.broughtBack')} `}
        <RelativeTime at={entry.at} /> <BringBackMenu entry={entry} object={object} />
      </div>
      {listed.length > 0 && (
        <ul className={classes.changes}>
          {listed.map((change) => (
            <li key={change.field}>
              <ChangeText change={change} entry={entry} object={object} stays={stays} />
            </li>
          ))}
        </ul>
      )}
      {folded > 0 && (
        <Button variant="subtle" size="compact-xs" px={0} onClick={() => setOpen(true)}>
          {t('history.more', { count: folded })}
        </Button>
      )}
    </>
  )
}

interface ChangeTextProps {
  change: HistoryEntry['changes'][number]
  entry: HistoryEntry
  object: ObjectMeta
  stays: Stay[]
}

/** A field, what it held, and what it holds since; for links only the record at the other end. */
function ChangeText({ change, entry, object, stays }: ChangeTextProps) {
  const { t } = useTranslation('record')
  const field = useListFields(object).find(({ key }) => key === change.field)
  const relation = object.relations.find(({ key }) => key === change.field)
  const label = field?.label ?? relation?.label ?? change.label
  const value = (past: unknown) => <PastValue value={past} field={field} relation={relation} />
  const isLink = entry.action === 'linked' || entry.action === 'unlinked'
  // What it held before it was a checklist is a text.
  const isChecklist = field?.type === 'checklist' && typeof (change.before ?? change.after) === 'object'
  const isToldApart = isLink || isChecklist
  return (
    <span className={classes.change}>
      <span className={classes.field}>{label}</span>
      {isLink && value(change.after ?? change.before)}
      {isChecklist && <ChecklistChange before={change.before} after={change.after} />}
      {!isToldApart && !isEmptyValue(change.before) && (
        <>
          <span className={classes.before}>{value(change.before)}</span>
          <IconArrowRight size={12} aria-label={t('history.becomes')} />
        </>
      )}
      {!isToldApart && (isEmptyValue(change.after) ? t('history.emptied') : value(change.after))}
      <StageMoveText change={change} at={entry.at} object={object} stays={stays} />
    </span>
  )
}
