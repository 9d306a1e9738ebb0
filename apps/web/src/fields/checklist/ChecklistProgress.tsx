import { IconListCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../FormatProvider.tsx'
import { formatNumber } from '../format.ts'
import classes from './Checklist.module.css'
import { doneOf, itemsOf } from './checklistItems.ts'

/** How many items of a checklist are done, of how many. */
export function ChecklistProgress({ value }: { value: unknown }) {
  const { t } = useTranslation('fields')
  const { locale } = useFormatContext()
  const items = itemsOf(value)
  if (items.length === 0) return null
  const [done, all] = [doneOf(items), items.length]
  return (
    <span
      className={classes.progress}
      data-done={done === all || undefined}
      role="img"
      aria-label={t('checklist.progress', { done, count: all })}
    >
      <IconListCheck size={14} stroke={1.7} aria-hidden />
      {formatNumber(done, locale)}/{formatNumber(all, locale)}
    </span>
  )
}
