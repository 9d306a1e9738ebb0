import { Button, Text } from '@mantine/core'
import type { FieldMeta, HistoryEntry, ObjectMeta } from '@oneforge/client'
import { IconArrowRight, IconLink, IconPencil, IconPlus, IconRestore, IconTrash } from '@tabler/icons-react'
import { type ComponentType, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatValue, isEmptyValue } from '../fields/format.ts'
import { RelativeTime } from './RelativeTime.tsx'
import classes from './StoryPanel.module.css'
import { sentenceKey } from './story.ts'

const icons: Record<string, ComponentType<{ size: number }>> = {
  created: IconPlus,
  deleted: IconTrash,
  restored: IconRestore,
  linked: IconLink,
  unlinked: IconLink,
}

/** More changes than these in one entry are folded. */
const shown = 4

/** One entry of the history: who did what, and each field before and after in the tenant's own words. */
export function ChangeItem({ entry, object }: { entry: HistoryEntry; object: ObjectMeta }) {
  const { t } = useTranslation('record')
  const [open, setOpen] = useState(false)
  const Icon = icons[entry.action] ?? IconPencil
  const changes = entry.changes.filter(({ before, after }) => !isEmptyValue(before) || !isEmptyValue(after))
  // What a new record was filled with is seen on its left; only later changes are news.
  const visible = open ? changes : changes.slice(0, entry.action === 'created' ? 0 : shown)
  return (
    <>
      <span className={classes.mark}>
        <Icon size={12} aria-hidden />
      </span>
      <div className={classes.sentence}>
        <Text span inherit fw={600}>
          {entry.actor?.name ?? t('history.system')}
        </Text>{' '}
        {t(sentenceKey(entry), { object: object.label, action: entry.action })}{' '}
        {entry.source === 'import' && `${t('history.byImport')} `}
        <RelativeTime at={entry.at} />
      </div>
      <ul className={classes.changes}>
        {visible.map((change) => (
          <Change key={change.field} change={change} field={object.fields.find(({ key }) => key === change.field)} />
        ))}
      </ul>
      {changes.length > visible.length && (
        <Button variant="subtle" size="compact-xs" px={0} onClick={() => setOpen(true)}>
          {t('history.more', { count: changes.length - visible.length })}
        </Button>
      )}
    </>
  )
}

function Change({ change, field }: { change: HistoryEntry['changes'][number]; field: FieldMeta | undefined }) {
  const { t } = useTranslation('record')
  const context = useFormatContext()
  const words = (value: unknown) => {
    if (isEmptyValue(value)) return ''
    if (field) return formatValue(field, value, context)
    return context.members.get(String(value)) ?? (typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return (
    <li className={classes.change}>
      <span className={classes.field}>{field?.label ?? change.label}</span>
      {!isEmptyValue(change.before) && (
        <>
          <span className={classes.before}>{words(change.before)}</span>
          <IconArrowRight size={12} aria-label={t('history.becomes')} />
        </>
      )}
      <span>{words(change.after) || t('history.emptied')}</span>
    </li>
  )
}
