import { useDroppable } from '@dnd-kit/core'
import { Button, Skeleton } from '@mantine/core'
import type { FieldMeta, ListQuery, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useRecords } from '../../api/records.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatMoney, formatNumber } from '../../fields/format.ts'
import { OptionBadge } from '../../fields/OptionBadge.tsx'
import type { Column } from '../columns/columnSettings.ts'
import classes from './Board.module.css'
import { DraggableCard } from './BoardCard.tsx'
import { type BoardColumn as ColumnInfo, type Lane, placeId } from './boardColumns.ts'
import type { ColumnTotal } from './useColumnTotals.ts'

interface BoardColumnProps {
  object: ObjectMeta
  field: FieldMeta
  lane: Lane | undefined
  column: ColumnInfo
  /** The fields that cards show. */
  shown: Column[]
  query: ListQuery
  total: ColumnTotal | undefined
  /** Cards may not be moved. */
  isStill: boolean
}

export function BoardColumn({ object, field, lane, column, shown, query, total, isStill }: BoardColumnProps) {
  const { t } = useTranslation('list')
  const format = useFormatContext()
  const { rows, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useRecords(object.slug, query)
  const { setNodeRef, isOver } = useDroppable({ id: placeId({ lane, value: column.value }) })
  return (
    <section className={classes.column} aria-label={column.label} data-over={isOver || undefined}>
      <header className={classes.head}>
        <OptionBadge label={column.label} color={column.color} />
        <span className={classes.count}>{formatNumber(total?.count ?? 0, format.locale)}</span>
        {total?.sum && <span className={classes.sum}>{formatMoney(total.sum, null, format)}</span>}
      </header>
      <div ref={setNodeRef} className={classes.cards}>
        {isPending && <Skeleton height={72} radius="md" />}
        {rows.map((record) => (
          <DraggableCard
            key={record.id}
            object={object}
            field={field}
            record={record}
            shown={shown}
            isStill={isStill}
          />
        ))}
        {hasNextPage && (
          <Button variant="subtle" color="gray" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t('board.more')}
          </Button>
        )}
      </div>
    </section>
  )
}
