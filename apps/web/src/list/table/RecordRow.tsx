import type { ObjectMeta, RecordData } from '@oneforge/client'
import { IconLayoutSidebarRightExpand } from '@tabler/icons-react'
import { type CSSProperties, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { isNumeric } from '../../fields/format.ts'
import type { Column } from '../columns/columnSettings.ts'
import { isSelectable } from '../useSelection.ts'
import { CellContent } from './CellContent.tsx'
import { CellEditor } from './CellEditor.tsx'
import classes from './RecordTable.module.css'
import { cellId, type Editing, type TableActions } from './useTableKeys.ts'

interface RecordRowProps {
  record: RecordData
  index: number
  object: ObjectMeta
  columns: Column[]
  style: CSSProperties
  isSelected: boolean
  /** The active cell of this row; -1 when the row is active as a whole. */
  activeColumn: number | undefined
  editing: Editing | undefined
  /** Stable, so that a row draws again only when something of its own changed. */
  actions: TableActions
}

export const RecordRow = memo(RecordRowDrawn, (before, after) => {
  const sameStyle = before.style.transform === after.style.transform
  const names: (keyof RecordRowProps)[] = [
    'record',
    'index',
    'object',
    'columns',
    'isSelected',
    'activeColumn',
    'editing',
  ]
  return sameStyle && names.every((name) => before[name] === after[name])
})

function RecordRowDrawn({
  record,
  index,
  object,
  columns,
  style,
  isSelected,
  activeColumn,
  editing,
  actions,
}: RecordRowProps) {
  const { t } = useTranslation('list')
  const selectable = isSelectable(object)
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the grid
    <div
      role="row"
      id={cellId({ row: index, column: -1 })}
      aria-rowindex={index + 2}
      aria-selected={selectable ? isSelected : undefined}
      className={classes.row}
      style={style}
      data-active={activeColumn !== undefined || undefined}
      tabIndex={-1}
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
      {columns.map(({ field, width }, column) => {
        const isEdited = editing?.column === column
        return (
          // biome-ignore lint/a11y/useSemanticElements: part of the grid
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid listens to the keys for its active cell
          <div
            key={field.key}
            role="gridcell"
            id={cellId({ row: index, column })}
            aria-colindex={column + (selectable ? 2 : 1)}
            className={classes.cell}
            style={{ width }}
            data-first={column === 0 || undefined}
            data-numeric={isNumeric(field) || undefined}
            data-active={activeColumn === column || undefined}
            data-editing={isEdited || undefined}
            tabIndex={-1}
            onClick={() => actions.click(index, column)}
            onDoubleClick={() => actions.edit({ row: index, column })}
          >
            {isEdited ? (
              <CellEditor field={field} record={record} typed={editing.typed} actions={actions} />
            ) : (
              <CellContent field={field} record={record} object={object} isTitle={column === 0} />
            )}
            {column === 0 && !isEdited && (
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
            )}
          </div>
        )
      })}
    </div>
  )
}

export function SkeletonRow({ object, columns, style }: Pick<RecordRowProps, 'object' | 'columns' | 'style'>) {
  return (
    <div className={classes.row} style={style} aria-hidden>
      {isSelectable(object) && <div className={classes.check} />}
      {columns.map(({ field, width }, column) => (
        <div key={field.key} className={classes.cell} style={{ width }} data-first={column === 0 || undefined}>
          <span className={classes.bone} style={{ width: `${45 + ((column * 29) % 40)}%` }} />
        </div>
      ))}
    </div>
  )
}
