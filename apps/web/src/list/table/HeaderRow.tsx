import type { ObjectMeta, RecordData } from '@oneforge/client'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type KeyboardEvent, memo, type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isNumeric } from '../../fields/format.ts'
import { type Column, narrowest } from '../columns/columnSettings.ts'
import type { ColumnControls } from '../columns/useColumns.ts'
import { isSelectable, isSortable } from '../listFields.ts'
import { type ListControls, nextSort } from '../useListState.ts'
import type { Selection } from '../useSelection.ts'
import { ColumnMenu } from './ColumnMenu.tsx'
import { placed } from './RecordRow.tsx'
import classes from './RecordTable.module.css'
import type { Rows } from './tableProps.ts'

/** Pixels that an arrow key makes a column wider or narrower. */
const resizeStep = 16

interface HeaderRowProps {
  object: ObjectMeta
  columns: Column[]
  rows: Rows
  selection: Selection
  list: ListControls
  controls: ColumnControls
  width: number
}

/** Stays as it is while the table is scrolled. */
export const HeaderRow = memo(function HeaderRow(props: HeaderRowProps) {
  const { object, columns, rows, selection, list, controls, width } = props
  const { t } = useTranslation('list')
  const records = rows.filter((row): row is RecordData => row !== undefined)
  const allSelected = records.length > 0 && records.every(({ id }) => selection.has(id))
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the grid
    <div role="row" aria-rowindex={1} className={classes.head} style={{ minWidth: width }} tabIndex={-1}>
      {isSelectable(object) && (
        // biome-ignore lint/a11y/useSemanticElements: part of the grid
        <div role="columnheader" className={classes.check} tabIndex={-1}>
          <input
            type="checkbox"
            aria-label={t('table.selectAll')}
            checked={allSelected}
            ref={(box) => {
              if (box) box.indeterminate = selection.records.size > 0 && !allSelected
            }}
            onChange={() => (allSelected ? selection.clear() : selection.add(records))}
          />
        </div>
      )}
      {columns.map((column, index) => (
        <HeaderCell
          key={column.field.key}
          object={object}
          column={column}
          isFirst={index === 0}
          list={list}
          controls={controls}
        />
      ))}
    </div>
  )
})

interface HeaderCellProps extends Pick<HeaderRowProps, 'object' | 'list' | 'controls'> {
  column: Column
  isFirst: boolean
}

function HeaderCell({ object, column, isFirst, list, controls }: HeaderCellProps) {
  const { field, width } = column
  const [dragged, setDragged] = useState<number>()
  const direction = directionOf(list.sort, field.key)
  const content = (
    <>
      <span className={classes.ellipsis}>{field.label}</span>
      {direction === 'ascending' && <IconArrowUp size={13} aria-hidden />}
      {direction === 'descending' && <IconArrowDown size={13} aria-hidden />}
    </>
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the grid
    <div
      role="columnheader"
      aria-sort={direction}
      className={classes.headCell}
      style={placed({ ...column, width: dragged ?? width })}
      data-first={isFirst || undefined}
      data-pinned={column.left !== undefined || undefined}
      data-numeric={isNumeric(field) || undefined}
      tabIndex={-1}
    >
      {isSortable(object, field) ? (
        <button type="button" className={classes.sort} onClick={() => list.setSort(nextSort(list.sort, field.key))}>
          {content}
        </button>
      ) : (
        <span className={classes.sort}>{content}</span>
      )}
      <ColumnMenu object={object} column={column} isFirst={isFirst} list={list} controls={controls} />
      <ResizeHandle
        label={field.label}
        width={width}
        onDrag={setDragged}
        onDone={(next) => {
          setDragged(undefined)
          controls.setWidth(field.key, next)
        }}
      />
    </div>
  )
}

function directionOf(sort: string[], key: string): 'ascending' | 'descending' | undefined {
  if (sort.includes(key)) return 'ascending'
  return sort.includes(`-${key}`) ? 'descending' : undefined
}

interface ResizeHandleProps {
  label: string
  width: number
  onDrag: (width: number) => void
  onDone: (width: number) => void
}

/** The edge of a column: dragged, or moved with the arrow keys. */
function ResizeHandle({ label, width, onDrag, onDone }: ResizeHandleProps) {
  const { t } = useTranslation('list')

  function onPointerDown(down: PointerEvent<HTMLElement>): void {
    down.preventDefault()
    const handle = down.currentTarget
    handle.setPointerCapture(down.pointerId)
    const widthAt = (x: number) => Math.max(narrowest, width + x - down.clientX)
    const move = (event: globalThis.PointerEvent) => onDrag(widthAt(event.clientX))
    const up = (event: globalThis.PointerEvent) => {
      handle.removeEventListener('pointermove', move)
      onDone(widthAt(event.clientX))
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', up, { once: true })
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowLeft: -resizeStep, ArrowRight: resizeStep }[event.key]
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    onDone(Math.max(narrowest, width + step))
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a line between columns that can be moved
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('table.resize', { label })}
      aria-valuenow={width}
      tabIndex={0}
      className={classes.resize}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  )
}
