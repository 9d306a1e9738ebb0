import type { ViewSettings } from '@oneforge/client'
import { IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FieldValue } from '../../fields/FieldValue.tsx'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatNumber, shownType } from '../../fields/format.ts'
import { cellId } from '../table/useGridState.ts'
import { type Total, totalText } from '../totals/totals.ts'
import classes from './GroupedTable.module.css'
import { groupText } from './groups.ts'
import type { Group } from './lines.ts'

interface GroupHeadingProps {
  row: number
  group: Group
  isOpen: boolean
  /** The keys are at it. */
  isActive: boolean
  totals: Total[]
  settings: ViewSettings
  onToggle: () => void
}

/** The name of a group with its count and totals; a press opens or folds it. */
export function GroupHeading({ row, group, isOpen, isActive, totals, settings, onToggle }: GroupHeadingProps) {
  const { t } = useTranslation('list')
  const format = useFormatContext()
  const { field, sums } = group
  const value = sums[field.key]
  const text = groupText(field, value, settings, format) || t('group.empty', { label: field.label })
  return (
    <>
      <button
        type="button"
        id={cellId({ row, column: -1 })}
        className={classes.fold}
        aria-expanded={isOpen}
        data-stop
        tabIndex={isActive ? 0 : -1}
        onClick={onToggle}
      >
        <IconChevronRight size={14} aria-hidden className={classes.chevron} />
        {shownType(field) === 'select' && value != null ? <FieldValue field={field} value={value} /> : text}
        <span className={classes.count}>{formatNumber(sums.count, format.locale, 0)}</span>
      </button>
      {totals.map((total) => (
        <span key={total.field.key} className={classes.total}>
          {t(`total.${total.op}Of`, { label: total.field.label })} {totalText(sums, total, format) || '–'}
        </span>
      ))}
    </>
  )
}
