import type { ObjectMeta, RecordData } from '@oneforge/client'
import { IconLayoutSidebarRightExpand } from '@tabler/icons-react'
import { type CSSProperties, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { isNumeric } from '../../fields/format.ts'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import type { RowColor } from '../colors/useRowColors.ts'
import type { Column } from '../columns/columnSettings.ts'
import { isSelectable } from '../listFields.ts'
import { CellContent } from './CellContent.tsx'
import { CellEditor } from './CellEditor.tsx'
import classes from './RecordTable.module.css'
import { cellId, type GridActions } from './useGridState.ts'

interface RecordRowProps {
  record: RecordData
  index: number
  /** Pixels from the top. */
  start: number
  object: ObjectMeta
  columns: Column[]
  isSelected: boolean
  /** The active cell of this row; -1 when the row is active as a whole. */
  activeColumn: number | undefined
  editedColumn: number | undefined
  /** The first and last chosen cell of this row. */
  rangeFrom: number | undefined
  rangeTo: number | undefined
  /** The cell with the handle that fills others. */
  handleColumn: number | undefined
  /** About to be filled. */
  isDrawnOver: boolean
  color: RowColor | undefined
  /** Why cells kept what they had, by field. */
  refused: Readonly<Record<string, string>> | undefined
  level: number | undefined
  /** Stable, so that a row draws again only when something of its own changed. */
  actions: GridActions
}

/** Where a cell stands, and how wide. One that is pinned stays there. */
export function placed({ width, left }: Pick<Column, 'width' | 'left'>): CSSProperties {
  return { width, ...(left !== undefined && { '--left': `${left}px` }) } as CSSProperties
}

export const RecordRow = memo(function RecordRow(props: RecordRowProps) {
  const { record, index, object, columns, isSelected, activeColumn, color, actions } = props
  const { t } = useTranslation('list')
  const selectable = isSelectable(object)
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the grid
    <div
      role="row"
      id={cellId({ row: index, column: -1 })}
      aria-rowindex={index + 2}
      aria-level={props.level}
      aria-selected={selectable ? isSelected : undefined}
      className={classes.row}
      style={{ transform: `translateY(${props.start}px)`, ...(color && optionColorStyle(color.color)) }}
      data-active={activeColumn !== undefined || undefined}
      data-drawn={props.isDrawnOver || undefined}
      data-color={color !== undefined || undefined}
      data-stop
      tabIndex={activeColumn === -1 ? 0 : -1}
    >
      {selectable && (
        // biome-ignore lint/a11y/useSemanticElements: part of the grid
        <div role="gridcell" className={classes.check} tabIndex={-1}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('table.select', { title: record.title })}
            checked={isSelected}
            onClick={(event) => actions.select(index, event.shiftKey)}
            onChange={() => {}}
          />
        </div>
      )}
      {columns.map((_, at) => (
        <Cell key={columns[at]!.field.key} {...props} at={at} selectable={selectable} />
      ))}
    </div>
  )
})

function Cell({ at, selectable, ...props }: RecordRowProps & { at: number; selectable: boolean }) {
  const { record, index, object, columns, actions, color } = props
  const column = columns[at]!
  const { field } = column
  const isFirst = at === 0
  const isEdited = props.editedColumn === at
  const isActive = props.activeColumn === at
  const isChosen = props.rangeFrom !== undefined && at >= props.rangeFrom && at <= props.rangeTo!
  const refused = props.refused?.[field.key]
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the grid
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid listens to the keys for its active cell
    <div
      role="gridcell"
      id={cellId({ row: index, column: at })}
      aria-colindex={at + (selectable ? 2 : 1)}
      aria-selected={isChosen || undefined}
      aria-invalid={refused !== undefined || undefined}
      title={refused}
      className={classes.cell}
      style={placed(column)}
      data-cell
      data-stop
      data-first={isFirst || undefined}
      data-pinned={column.left !== undefined || undefined}
      data-numeric={isNumeric(field) || undefined}
      data-active={isActive || undefined}
      data-editing={isEdited || undefined}
      tabIndex={isActive ? 0 : -1}
      onClick={(event) => actions.click({ row: index, column: at }, event.shiftKey)}
      onDoubleClick={() => actions.edit({ row: index, column: at })}
    >
      {isFirst && color && <span role="img" className={classes.mark} title={color.title} aria-label={color.title} />}
      {isEdited ? (
        <CellEditor field={field} record={record} actions={actions} />
      ) : (
        <CellContent field={field} record={record} object={object} isTitle={isFirst} />
      )}
      {isFirst && !isEdited && <PeekButton record={record} index={index} actions={actions} />}
      {props.handleColumn === at && !isEdited && <span className={classes.handle} data-fill aria-hidden />}
    </div>
  )
}

function PeekButton({ record, index, actions }: Pick<RecordRowProps, 'record' | 'index' | 'actions'>) {
  const { t } = useTranslation('list')
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.peek}
      aria-label={t('table.peek', { title: record.title })}
      onClick={(event) => {
        event.stopPropagation()
        actions.peek(index)
      }}
    >
      <IconLayoutSidebarRightExpand size={15} aria-hidden />
    </button>
  )
}

export function SkeletonRow({ object, columns, start }: Pick<RecordRowProps, 'object' | 'columns' | 'start'>) {
  return (
    <div className={classes.row} style={{ transform: `translateY(${start}px)` }} aria-hidden>
      {isSelectable(object) && <div className={classes.check} />}
      {columns.map((column, at) => (
        <div
          key={column.field.key}
          className={classes.cell}
          style={placed(column)}
          data-first={at === 0 || undefined}
          data-pinned={column.left !== undefined || undefined}
        >
          <span className={classes.bone} style={{ width: `${45 + ((at * 29) % 40)}%` }} />
        </div>
      ))}
    </div>
  )
}
