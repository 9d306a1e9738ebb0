import type { FieldMeta } from '@oneforge/client'
import { type MouseEvent, memo, useMemo } from 'react'
import classes from './Calendar.module.css'
import { slotAt } from './draft.ts'
import { EntryBlock, type EntryGrip } from './EntryBlock.tsx'
import type { Entry } from './entries.ts'
import { pieceOn, sideBySide, toPixels } from './layout.ts'
import { closedOn } from './openHours.ts'
import type { Diary } from './useDiary.ts'

interface GridColumnProps extends EntryGrip {
  diary: Diary
  day: string
  column: number
  /** The first of a group. */
  isFirst: boolean
  entries: Entry[]
  shown: FieldMeta[]
  mayCreate: boolean
  /** Id of the record on its way. */
  held: string | undefined
  onFree: (column: number, minute: number) => void
}

/** One day, of everybody or of one resource: what is closed, what is free, what stands there, and now. */
export const GridColumn = memo(function GridColumn(props: GridColumnProps) {
  const { diary, day, column, isFirst, entries, held, shown, mayCreate, onFree, ...grip } = props
  const placed = useMemo(() => {
    const pieces = entries.flatMap((entry) => {
      const piece = pieceOn(entry, day)
      return piece ? [{ ...piece, entry }] : []
    })
    return sideBySide(pieces)
  }, [entries, day])
  const onClick = ({ clientY, currentTarget }: MouseEvent) =>
    onFree(column, slotAt(clientY - currentTarget.getBoundingClientRect().top))
  return (
    <div className={classes.column} data-column={column} data-first={isFirst || undefined}>
      {closedOn(diary.location, day).map(({ from, to }) => (
        <div key={from} className={classes.closed} style={{ top: toPixels(from), height: toPixels(to - from) }} />
      ))}
      {/* A press makes something new, a drag says how long it is; by keys the grid does it. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the grid around takes the keys */}
      <div className={classes.free} data-free onClick={mayCreate ? onClick : undefined} />
      {placed.map((place) => (
        <EntryBlock
          key={place.piece.entry.record.id}
          diary={diary}
          entry={place.piece.entry}
          column={column}
          placed={place}
          shown={shown}
          isHeld={held === place.piece.entry.record.id}
          {...grip}
        />
      ))}
      {day === diary.now.day && <div className={classes.now} style={{ top: toPixels(diary.now.minute) }} data-now />}
    </div>
  )
})
