import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isSelectable } from '../useSelection.ts'
import { HeaderRow } from './HeaderRow.tsx'
import { RecordRow, SkeletonRow } from './RecordRow.tsx'
import classes from './RecordTable.module.css'
import type { RecordTableProps } from './tableProps.ts'
import { useScrollMemory } from './useScrollMemory.ts'
import { cellId, useTableKeys } from './useTableKeys.ts'

export const rowHeight = 36
/** Rows that stand in for the next stretch while it is on its way. */
const skeletonRows = 12
/** The next stretch is asked for when this few rows are left below. */
const fetchAhead = 80

/**
 * The table of any object: only the rows in sight exist, the rest is height. One element has the focus and names the
 * active cell; see useTableKeys for what the keys do.
 */
export function RecordTable(props: RecordTableProps) {
  const { object, rows, columns, selection, isPending, hasMore, isFetchingMore, onFetchMore } = props
  const { t } = useTranslation('list')
  const scroller = useRef<HTMLDivElement>(null)
  const scrollMemory = useScrollMemory(scroller)
  const waiting = isPending || hasMore ? skeletonRows : 0
  const virtualizer = useVirtualizer({
    count: rows.length + waiting,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    // The bar of the selection floats over the end of the table.
    paddingEnd: selection.records.size > 0 ? 64 : 0,
    scrollPaddingStart: rowHeight,
    initialOffset: scrollMemory,
  })
  const items = virtualizer.getVirtualItems()
  const keys = useTableKeys({ ...props, scroller, scrollToRow: (row) => virtualizer.scrollToIndex(row) })

  const lastInSight = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isFetchingMore && lastInSight >= rows.length - fetchAhead) onFetchMore()
  }, [hasMore, isFetchingMore, lastInSight, rows.length, onFetchMore])

  const selectable = isSelectable(object)
  const width = columns.reduce((sum, column) => sum + column.width, selectable ? 40 : 0)
  const active = keys.active
  return (
    // biome-ignore lint/a11y/useSemanticElements: only a grid keeps its focus while rows come and go
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={object.labelPlural}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-colcount={columns.length + (selectable ? 1 : 0)}
      aria-busy={isPending}
      aria-multiselectable={selectable}
      aria-activedescendant={active ? cellId(active) : undefined}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      data-table
      data-selectable={selectable || undefined}
    >
      <HeaderRow {...props} width={width} />
      {/* biome-ignore lint/a11y/useSemanticElements: part of the grid above */}
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize(), minWidth: width }}>
        {items.map(({ index, start }) => {
          const record = rows[index]
          const style: CSSProperties = { transform: `translateY(${start}px)` }
          if (!record) return <SkeletonRow key={`waiting ${index}`} object={object} columns={columns} style={style} />
          return (
            <RecordRow
              key={record.id}
              record={record}
              index={index}
              object={object}
              columns={columns}
              style={style}
              isSelected={selection.has(record.id)}
              activeColumn={active?.row === index ? active.column : undefined}
              editing={keys.editing?.row === index ? keys.editing : undefined}
              actions={keys.actions}
            />
          )
        })}
      </div>
      <span className={classes.hint}>{t('table.hint')}</span>
    </div>
  )
}
