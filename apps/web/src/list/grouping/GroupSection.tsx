import { Button } from '@mantine/core'
import type { FieldMeta, Filter, RecordData } from '@oneforge/client'
import { IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecords } from '../../api/records.ts'
import { FieldValue } from '../../fields/FieldValue.tsx'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatNumber, isNumeric, shownType } from '../../fields/format.ts'
import { CellContent } from '../table/CellContent.tsx'
import { type Sums, totalText } from '../totals/totals.ts'
import classes from './GroupedTable.module.css'
import { filterOfGroup, type Grouped, groupText } from './groups.ts'

/** Records that a group shows at a time. */
const rowsAtOnce = 50

interface GroupSectionProps extends Grouped {
  field: FieldMeta
  /** Its value, count and totals. */
  row: Sums
  level: number
  startsOpen: boolean
  /** The groups inside. */
  within?: { field: FieldMeta; rows: Sums[] } | undefined
}

/** A group: its heading with count and totals and, while it is open, its groups or records. */
export function GroupSection({ field, row, level, startsOpen, within, ...grouped }: GroupSectionProps) {
  const { object, columns, list, query, totals } = grouped
  const { t } = useTranslation('list')
  const format = useFormatContext()
  const [isOpen, setOpen] = useState(startsOpen)
  const value = row[field.key]
  const { settings } = list.look
  const text = groupText(field, value, settings, format) || t('group.empty', { label: field.label })
  const own = filterOfGroup(field, value, settings)
  const inside = { ...query, filter: query.filter ? { and: [query.filter, own] } : own } satisfies { filter: Filter }
  return (
    <>
      <tbody className={classes.heading} data-level={level}>
        <tr>
          <th scope="rowgroup" colSpan={columns.length}>
            <div className={classes.headingLine}>
              <button
                type="button"
                className={classes.fold}
                aria-expanded={isOpen}
                data-stop
                onClick={() => setOpen(!isOpen)}
              >
                <IconChevronRight size={14} aria-hidden className={classes.chevron} />
                {shownType(field) === 'select' && value != null ? <FieldValue field={field} value={value} /> : text}
                <span className={classes.count}>{formatNumber(row.count, format.locale, 0)}</span>
              </button>
              {totals.map((total) => (
                <span key={total.field.key} className={classes.total}>
                  {t(`total.${total.op}Of`, { label: total.field.label })} {totalText(row, total, format) || '–'}
                </span>
              ))}
            </div>
          </th>
        </tr>
      </tbody>
      {isOpen &&
        (within ? (
          within.rows.map((one) => (
            <GroupSection
              key={JSON.stringify(one[within.field.key] ?? null)}
              {...grouped}
              query={inside}
              field={within.field}
              row={one}
              level={level + 1}
              startsOpen={within.rows.length === 1}
            />
          ))
        ) : (
          <GroupRows key={object.slug} {...grouped} query={inside} />
        ))}
    </>
  )
}

function GroupRows({ object, columns, query, onOpen }: Grouped) {
  const { t } = useTranslation('list')
  const asked = JSON.stringify({ ...query, limit: rowsAtOnce })
  const records = useRecords(
    object.slug,
    useMemo(() => JSON.parse(asked), [asked]),
  )
  return (
    <tbody aria-busy={records.isPending || undefined}>
      {records.rows.map((record) => (
        <GroupRow key={record.id} object={object} columns={columns} record={record} onOpen={onOpen} />
      ))}
      {records.hasNextPage && (
        <tr>
          <td colSpan={columns.length} className={classes.more}>
            <Button
              variant="subtle"
              size="compact-xs"
              data-stop
              loading={records.isFetchingNextPage}
              onClick={() => void records.fetchNextPage()}
            >
              {t('board.more')}
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  )
}

function GroupRow({
  object,
  columns,
  record,
  onOpen,
}: Pick<Grouped, 'object' | 'columns' | 'onOpen'> & { record: RecordData }) {
  return (
    <tr
      className={classes.row}
      tabIndex={0}
      data-stop
      onClick={() => onOpen(record)}
      onKeyDown={(event) => event.key === 'Enter' && onOpen(record)}
    >
      {columns.map(({ field }, index) => (
        <td key={field.key} data-numeric={isNumeric(field) || undefined}>
          <CellContent field={field} record={record} object={object} isTitle={index === 0} />
        </td>
      ))}
    </tr>
  )
}
