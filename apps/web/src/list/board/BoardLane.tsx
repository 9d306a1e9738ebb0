import { useInViewport } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatNumber } from '../../fields/format.ts'
import { OptionBadge } from '../../fields/OptionBadge.tsx'
import classes from './Board.module.css'
import { BoardColumn, type Cards } from './BoardColumn.tsx'
import { type BoardColumn as ColumnInfo, type Lane, placeId } from './boardColumns.ts'
import type { BoardTotals } from './useBoardTotals.ts'
import type { AskedPlace } from './useCardMoves.tsx'

interface BoardLaneProps extends Cards {
  lane: Lane
  columns: ColumnInfo[]
  places: AskedPlace[]
  totals: BoardTotals
}

/** The columns of a board, for the records of one lane. It folds; its cards are fetched once it comes into sight. */
export function BoardLane({ lane, columns, places, totals, ...cards }: BoardLaneProps) {
  const { locale } = useFormatContext()
  const { ref, inViewport } = useInViewport<HTMLElement>()
  const [isOpen, setOpen] = useState(true)
  const [wasSeen, setSeen] = useState(false)
  useEffect(() => {
    if (inViewport) setSeen(true)
  }, [inViewport])
  const own = places.filter((place) => place.lane?.value === lane.value)
  const count = own.reduce((sum, place) => sum + (totals.countAt(place) ?? 0), 0)
  return (
    <section ref={ref} className={classes.lane} aria-label={lane.label}>
      <h2 className={classes.laneName}>
        <button type="button" className={classes.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          <OptionBadge label={lane.label} color={lane.color} />
          <span className={classes.count}>{formatNumber(count, locale)}</span>
        </button>
      </h2>
      {isOpen && (
        <div className={classes.laneBoard}>
          {columns.map((column, index) => (
            <BoardColumn
              key={placeId({ lane, value: column.value })}
              {...cards}
              lane={lane}
              column={column}
              query={own[index]!.query}
              // Until it is counted nothing is asked: most places of many lanes are empty.
              count={totals.countAt(own[index]!)}
              isAsked={wasSeen && totals.countAt(own[index]!) !== undefined}
              head={null}
            />
          ))}
        </div>
      )}
    </section>
  )
}
