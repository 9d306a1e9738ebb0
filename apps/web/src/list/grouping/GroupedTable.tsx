import type { FieldMeta } from '@oneforge/client'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isNumeric } from '../../fields/format.ts'
import { totalsOf } from '../totals/totals.ts'
import { useSums } from '../totals/useSums.ts'
import classes from './GroupedTable.module.css'
import { GroupSection } from './GroupSection.tsx'
import { type Grouped, groupingOf, inOrder } from './groups.ts'

interface GroupedTableProps extends Omit<Grouped, 'totals'> {
  /** One, or one within the other. */
  groupFields: FieldMeta[]
  fields: FieldMeta[]
}

/** As many groups as open by themselves. */
const fewGroups = 6

/**
 * A table in groups that fold: their counts and totals come from one request for each level, and records only of the
 * groups that are open. Arrow keys go from row to row, Enter folds a group or opens a record.
 */
export function GroupedTable({ groupFields, fields, ...props }: GroupedTableProps) {
  const { object, columns, list, query } = props
  const { t } = useTranslation('list')
  const { settings } = list.look
  const totals = totalsOf(settings, fields)
  const asked = { filter: query.filter, search: query.search, totals }
  const outer = useSums(object, { ...asked, groupBy: groupingOf(groupFields.slice(0, 1), settings) })
  const inner = useSums(object, { ...asked, groupBy: groupingOf(groupFields, settings) }, groupFields.length > 1)
  const [first, second] = groupFields
  if (!first) return null
  const rows = inOrder(outer.data ?? [], first)
  return (
    <div className={classes.scroller} data-density={settings.density} data-table tabIndex={-1}>
      <table
        className={classes.table}
        style={{ width: columns.reduce((sum, { width }) => sum + width, 0) }}
        onKeyDown={onKeyDown}
        aria-label={object.labelPlural}
      >
        <colgroup>
          {columns.map(({ field, width }) => (
            <col key={field.key} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ field }) => (
              <th key={field.key} scope="col" data-numeric={isNumeric(field) || undefined}>
                {field.label}
              </th>
            ))}
          </tr>
        </thead>
        {rows.map((row) => (
          <GroupSection
            key={JSON.stringify(row[first.key] ?? null)}
            {...props}
            totals={totals}
            field={first}
            row={row}
            level={0}
            startsOpen={rows.length <= fewGroups}
            within={
              second && {
                field: second,
                rows: inOrder(
                  (inner.data ?? []).filter((one) => one[first.key] === row[first.key]),
                  second,
                ),
              }
            }
          />
        ))}
      </table>
      {outer.isError && <p className={classes.note}>{t('group.failed')}</p>}
    </div>
  )
}

/** Rows and the buttons of groups are reached one after the other. */
function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')]
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
