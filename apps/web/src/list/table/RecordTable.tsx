import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type FocusEvent, memo, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useRowColors } from '../colors/useRowColors.ts'
import type { Column } from '../columns/columnSettings.ts'
import { isSelectable } from '../listFields.ts'
import { rowHeights } from './density.ts'
import { HeaderRow } from './HeaderRow.tsx'
import { RecordRow, SkeletonRow } from './RecordRow.tsx'
import classes from './RecordTable.module.css'
import { drawnOut, type Position } from './range.ts'
import type { Heading, RecordTableProps } from './tableProps.ts'
import { useCellCommands } from './useCellCommands.ts'
import { useCellPointer } from './useCellPointer.ts'
import { useGridKeys } from './useGridKeys.ts'
import { type Grid, mayEdit, placeOf, useGridState } from './useGridState.ts'
import { useScrollMemory } from './useScrollMemory.ts'

const headHeight = 36
/** Rows that stand in for the next stretch while it is on its way. */
const skeletonRows = 12
/** The next stretch is asked for when this few rows are left below. */
const fetchAhead = 80
/** Rows drawn above and below those in sight. */
const overscan = 10

/**
 * The table of any object: only the rows in sight exist, and the active one; the rest is height. The active cell has the
 * focus; see useGridKeys for what the keys do. With headings between the rows it is a tree of groups.
 */
export function RecordTable(props: RecordTableProps) {
  const { object, rows, columns, selection, cells, list, headings } = props
  const { isPending, hasMore, isFetchingMore, onFetchMore } = props
  const { t } = useTranslation('list')
  const scroller = useRef<HTMLDivElement>(null)
  const scrollMemory = useScrollMemory(scroller)
  const rowHeight = rowHeights[list.look.settings.density ?? 'normal']
  const waiting = isPending || hasMore ? skeletonRows : 0
  /** What stays drawn wherever one scrolls: the active row has the focus, and every group can be reached. */
  const kept = useRef<number[]>([])
  const virtualizer = useVirtualizer({
    count: rows.length + waiting,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    rangeExtractor: (range) => withKept(range, kept.current),
    overscan,
    // The bar of the selection floats over the end of the table.
    paddingEnd: selection.records.size > 0 ? 64 : 0,
    scrollPaddingStart: headHeight,
    initialOffset: scrollMemory,
  })
  const grid = useGridState({ ...props, rowHeight, scroller, scrollToRow: (row) => virtualizer.scrollToIndex(row) })
  const { active, editing, range } = grid
  kept.current = [...(active ? [active.row] : []), ...(headings?.keys() ?? [])]
  const commands = useCellCommands(grid)
  const keys = useGridKeys(grid, commands)
  const pointer = useCellPointer(grid, commands.fill)
  const colorOf = useRowColors(object, list.look.settings.colors)
  // Another density: nothing of the old heights may stay.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  const items = virtualizer.getVirtualItems()

  const lastInSight = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isFetchingMore && lastInSight >= rows.length - fetchAhead) onFetchMore()
  }, [hasMore, isFetchingMore, lastInSight, rows.length, onFetchMore])

  const selectable = isSelectable(object)
  const width = columns.reduce((sum, column) => sum + column.width, selectable ? 40 : 0)
  const handle = handleOf(grid)
  const over = grid.fillTo !== undefined && range ? drawnOut(range, grid.fillTo) : []

  /** Whoever goes to a heading with Tab or the mouse goes on from there. */
  function onFocus({ target }: FocusEvent): void {
    grid.holdsFocus.current = true
    const at = placeOf(target)
    if (at && rows[at.row] === undefined && at.row !== active?.row) grid.moveTo(at)
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is a grid, or a tree of groups */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles support them */}
      <div
        ref={scroller}
        className={classes.scroller}
        style={{ '--row-height': `${rowHeight}px`, '--pinned-width': `${pinnedWidth(columns)}px` } as CSSProperties}
        role={headings ? 'treegrid' : 'grid'}
        aria-label={object.labelPlural}
        aria-rowcount={(headings ? rows.length : (props.total ?? rows.length)) + 1}
        aria-colcount={columns.length + (selectable ? 1 : 0)}
        aria-busy={isPending}
        aria-multiselectable
        tabIndex={active ? -1 : 0}
        onKeyDown={keys.onKeyDown}
        onFocus={onFocus}
        onBlur={({ relatedTarget }) => {
          if (relatedTarget) grid.holdsFocus.current = scroller.current?.contains(relatedTarget) ?? false
        }}
        onCopy={commands.onCopy}
        onCut={commands.onCut}
        onPaste={commands.onPaste}
        {...pointer}
        data-table
        data-selectable={selectable || undefined}
      >
        <HeaderRow
          object={object}
          columns={columns}
          rows={rows}
          selection={selection}
          list={list}
          controls={props.controls}
          width={width}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: part of the grid above */}
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize(), minWidth: width }}>
          {items.map(({ index, start }) => {
            const heading = headings?.get(index)
            if (heading) {
              const isActive = active?.row === index
              return <HeadingRow key={`heading ${heading.id}`} {...{ index, start, heading, isActive }} />
            }
            const record = rows[index]
            if (!record) return <SkeletonRow key={`waiting ${index}`} object={object} columns={columns} start={start} />
            const isChosen = range && index >= range.top && index <= range.bottom
            return (
              <RecordRow
                key={record.id}
                record={record}
                index={index}
                start={start}
                object={object}
                columns={columns}
                isSelected={selection.has(record.id)}
                activeColumn={active?.row === index ? active.column : undefined}
                editedColumn={editing?.row === index ? editing.column : undefined}
                rangeFrom={isChosen ? range.left : undefined}
                rangeTo={isChosen ? range.right : undefined}
                handleColumn={handle?.row === index ? handle.column : undefined}
                isDrawnOver={over.includes(index)}
                color={colorOf(record)}
                refused={cells.refusals.get(record.id)}
                level={props.recordLevel}
                actions={grid.actions}
              />
            )
          })}
        </div>
        <span className={classes.hint}>{t('table.hint')}</span>
      </div>
      <span className={classes.hint} role="status">
        {range && range.bottom - range.top + range.right - range.left > 0
          ? t('cells.chosen', { rows: range.bottom - range.top + 1, columns: range.right - range.left + 1 })
          : ''}
      </span>
    </>
  )
}

interface HeadingRowProps {
  index: number
  start: number
  heading: Heading
  isActive: boolean
}

/** A line that stands over the rows of a group. */
const HeadingRow = memo(function HeadingRow({ index, start, heading, isActive }: HeadingRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the grid
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-level={heading.level}
      aria-expanded={heading.isOpen}
      className={classes.heading}
      style={{ transform: `translateY(${start}px)` }}
      data-level={heading.level}
      tabIndex={-1}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: part of the grid */}
      <div role="gridcell" className={classes.headingCell} tabIndex={-1}>
        {heading.draw(isActive)}
      </div>
    </div>
  )
})

function withKept(range: Range, kept: number[]): number[] {
  const shown = defaultRangeExtractor(range)
  const others = kept.filter((row) => row < range.count && !(row >= shown[0]! && row <= shown.at(-1)!))
  return others.length > 0 ? [...shown, ...others].sort((one, other) => one - other) : shown
}

/** How much of the table is always in sight at its left. */
function pinnedWidth(columns: Column[]): number {
  return columns.reduce((sum, { left, width }) => (left === undefined ? sum : sum + width), 0)
}

/** The corner of the chosen cells, where they may be repeated. */
function handleOf(grid: Grid): Position | undefined {
  const { range, columns, editing } = grid
  if (!range || editing || !columns.slice(range.left, range.right + 1).some(({ field }) => mayEdit(grid, field)))
    return undefined
  return { row: range.bottom, column: range.right }
}
