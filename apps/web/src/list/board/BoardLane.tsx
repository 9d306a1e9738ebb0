import type { FieldMeta, ListQuery, ObjectMeta } from '@oneforge/client'
import { OptionBadge } from '../../fields/OptionBadge.tsx'
import type { Column } from '../columns/columnSettings.ts'
import classes from './Board.module.css'
import { BoardColumn } from './BoardColumn.tsx'
import { type BoardColumn as ColumnInfo, columnId, columnQuery, type Lane } from './boardColumns.ts'
import { useColumnTotals } from './useColumnTotals.ts'

interface BoardLaneProps {
  object: ObjectMeta
  field: FieldMeta
  /** Undefined: the board has no lanes, this is all of it. */
  lane: Lane | undefined
  columns: ColumnInfo[]
  shown: Column[]
  /** The records of the lane. */
  query: ListQuery
  isStill: boolean
}

/** The columns of a board, for the records of one lane. */
export function BoardLane({ object, field, lane, columns, shown, query, isStill }: BoardLaneProps) {
  const totals = useColumnTotals(object, field, query)
  const inside = (
    <div className={classes.board}>
      {columns.map((column) => (
        <BoardColumn
          key={columnId(column.value)}
          object={object}
          field={field}
          lane={lane}
          column={column}
          shown={shown}
          query={columnQuery(query, field, column.value)}
          total={totals.get(column.value)}
          isStill={isStill}
        />
      ))}
    </div>
  )
  if (!lane) return inside
  return (
    <section className={classes.lane} aria-label={lane.label}>
      <h2 className={classes.laneName}>
        <OptionBadge label={lane.label} color={lane.color} />
      </h2>
      {inside}
    </section>
  )
}
