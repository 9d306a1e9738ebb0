import type { CheckItem } from '@oneforge/client'
import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { differingItems } from '../fields/checklist/checklistItems.ts'
import classes from './StoryPanel.module.css'

/** What became of a checklist: the items that were written, ticked or removed, and none of the others. */
export function ChecklistChange({ before, after }: { before: unknown; after: unknown }) {
  const { t } = useTranslation('record')
  const { gone, now } = differingItems(before, after)
  if (gone.length + now.length === 0) return t('history.reordered')
  return (
    <>
      {gone.length > 0 && <span className={classes.before}>{listed(gone)}</span>}
      {gone.length > 0 && now.length > 0 && <IconArrowRight size={12} aria-label={t('history.becomes')} />}
      {now.length > 0 && <span>{listed(now)}</span>}
    </>
  )
}

const listed = (items: CheckItem[]): string => items.map(({ text, done }) => `${done ? '☑' : '☐'} ${text}`).join(', ')
