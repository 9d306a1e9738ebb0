import {
  DndContext,
  type DragMoveEvent,
  type DragStartEvent,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import type { FieldMeta } from '@oneforge/client'
import { type CSSProperties, type KeyboardEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import classes from './Calendar.module.css'
import { DragArea } from './DragArea.tsx'
import { daysOfEntry, type Entry } from './entries.ts'
import { type Bar, barRows, barsOf } from './layout.ts'
import monthClasses from './MonthGrid.module.css'
import { holidayOn } from './openHours.ts'
import type { Diary } from './useDiary.ts'
import { useEntryText } from './useEntryText.ts'
import { restOfFinger, silent } from './useGridDrag.ts'
import { useKeptFocus } from './useKeptFocus.ts'
import { dayAfter, formatDay, formatMinute } from './zone.ts'

/** An entry on its way, so many days from where it stands. */
interface Shift {
  entry: Entry
  days: number
}

interface MonthGridProps {
  diary: Diary
  label: string
  entries: Entry[]
  shown: FieldMeta[]
  isPending: boolean
  mayMove: boolean
  onOpen: (entry: Entry) => void
  /** Looks at the record beside the diary. */
  onPeek: (entry: Entry) => void
  onShift: (entry: Entry, days: number) => void
  /** Absent when the person may not create. */
  onCreate: ((day: string) => void) | undefined
}

/** Pixels of a row of entries, and of what stands above and below them. */
const rowHeight = { desk: 22, phone: 8 }
const edges = 26 + 20
const weekdaysHeight = 26
const fewestRows = 2

const arrows: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** Six weeks; entries are bars over their days. Dragging and arrows move them by days, at the same time of the clock. */
export function MonthGrid({
  diary,
  label,
  entries,
  mayMove,
  isPending,
  onOpen,
  onPeek,
  onShift,
  ...rest
}: MonthGridProps) {
  const { t } = useTranslation('calendar')
  const { timeText } = useEntryText(diary)
  const { ref, width, height } = useElementSize()
  const [shift, setShift] = useState<Shift>()
  const keepFocus = useKeptFocus()
  const weeks = useMemo(() => Array.from({ length: 6 }, (_, at) => diary.days.slice(at * 7, at * 7 + 7)), [diary.days])
  const weekHeight = (height - weekdaysHeight) / weeks.length
  const rows = Math.max(fewestRows, Math.floor((weekHeight - edges) / rowHeight[diary.isPhone ? 'phone' : 'desk']))
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: restOfFinger }),
  )

  function onDragStart({ activatorEvent }: DragStartEvent): void {
    const id = (activatorEvent.target as Element).closest<HTMLElement>('[data-entry]')?.dataset.entry
    const entry = mayMove && entries.find(({ record }) => record.id === id)
    if (entry) setShift({ entry, days: 0 })
  }

  function onDragMove({ delta }: DragMoveEvent): void {
    const days = Math.round(delta.x / (width / 7)) + 7 * Math.round(delta.y / weekHeight)
    setShift((held) => (held && held.days !== days ? { ...held, days } : held))
  }

  function settle(put: boolean): void {
    if (put && shift && shift.days !== 0) {
      keepFocus(shift.entry.record.id)
      onShift(shift.entry, shift.days)
    }
    setShift(undefined)
  }

  function onChipKey(event: KeyboardEvent, entry: Entry): void {
    const step = arrows[event.key]
    const isHeld = shift?.entry === entry
    if (step && mayMove) setShift({ entry, days: (isHeld ? shift.days : 0) + step })
    else if (isHeld && (event.key === 'Enter' || event.key === 'Escape')) settle(event.key === 'Enter')
    else if (event.key === 'Enter') onOpen(entry)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const over = shift && daysOfEntry(shift.entry)
  const isOver = (day: string) =>
    shift !== undefined &&
    over !== undefined &&
    day >= dayAfter(over.first, shift.days) &&
    day < dayAfter(over.after, shift.days)

  return (
    <DndContext
      sensors={sensors}
      onDragStart={onDragStart}
      onDragMove={onDragMove}
      onDragEnd={() => settle(true)}
      onDragCancel={() => settle(false)}
      accessibility={{ announcements: silent }}
    >
      <section
        ref={ref}
        className={monthClasses.month}
        style={{ '--rows': rows } as CSSProperties}
        aria-label={label}
        aria-busy={isPending || undefined}
        data-diary
        onBlur={() => setShift(undefined)}
      >
        <div className={monthClasses.weekdays} aria-hidden>
          {weeks[0]!.map((day) => (
            <span key={day}>{formatDay(day, diary.locale, { weekday: 'short' })}</span>
          ))}
        </div>
        <DragArea className={monthClasses.weeks}>
          {weeks.map((days) => (
            <Week
              key={days[0]}
              diary={diary}
              days={days}
              entries={entries}
              rows={rows}
              held={shift?.entry}
              isOver={isOver}
              onPeek={onPeek}
              onChipKey={onChipKey}
              {...rest}
            />
          ))}
        </DragArea>
      </section>
      <VisuallyHidden role="status">
        {shift && [shift.entry.record.title, timeText(shiftedDays(shift))].join(', ')}
      </VisuallyHidden>
      {shift && <p className={classes.hint}>{t('heldKeysMonth')}</p>}
    </DndContext>
  )
}

/** For telling only: the clock stays, the days are others. */
function shiftedDays({ entry, days }: Shift): Entry {
  const on = ({ day, minute }: Entry['from']) => ({ day: dayAfter(day, days), minute })
  return { ...entry, from: on(entry.from), to: on(entry.to) }
}

interface WeekProps extends Pick<MonthGridProps, 'diary' | 'entries' | 'shown' | 'onPeek' | 'onCreate'> {
  days: string[]
  rows: number
  held: Entry | undefined
  isOver: (day: string) => boolean
  onChipKey: (event: KeyboardEvent, entry: Entry) => void
}

function Week({ diary, days, entries, rows, held, isOver, onCreate, ...chip }: WeekProps) {
  const { t } = useTranslation('calendar')
  const placed = useMemo(() => {
    const columns = days.map((day) => ({ day }))
    return barRows(entries.flatMap((entry) => barsOf(entry, columns, () => true).map((bar) => ({ ...bar, entry }))))
  }, [entries, days])
  const hidden = days.map(
    (_, at) => placed.filter(({ bar, row }) => row >= rows && bar.first <= at && at <= bar.last).length,
  )
  const openDay = (day: string) => diary.show({ day, span: 'day' })
  return (
    <div className={monthClasses.week}>
      {days.map((day, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: by keys c makes something new
        <div
          key={day}
          className={monthClasses.cell}
          style={{ gridColumn: at + 1 }}
          data-day={day}
          data-outside={day.slice(0, 7) !== diary.day.slice(0, 7) || undefined}
          data-over={isOver(day) || undefined}
          title={holidayOn(diary.location, day)?.name}
          onClick={() => (diary.isPhone ? openDay(day) : onCreate?.(day))}
        />
      ))}
      {days.map((day, at) => (
        <button
          key={day}
          type="button"
          className={monthClasses.number}
          style={{ gridColumn: at + 1, gridRow: 1 }}
          data-today={day === diary.now.day || undefined}
          aria-label={formatDay(day, diary.locale, { dateStyle: 'full' })}
          onClick={() => openDay(day)}
        >
          {Number(day.slice(8))}
        </button>
      ))}
      {placed
        .filter(({ row }) => row < rows)
        .map(({ bar, row }) => (
          <Chip
            key={`${bar.entry.record.id} ${bar.first}`}
            diary={diary}
            bar={bar}
            row={row}
            isHeld={held?.record.id === bar.entry.record.id}
            {...chip}
          />
        ))}
      {hidden.map((count, at) =>
        count > 0 ? (
          <button
            key={days[at]}
            type="button"
            className={monthClasses.more}
            style={{ gridColumn: at + 1, gridRow: rows + 2 }}
            onClick={() => openDay(days[at]!)}
          >
            {diary.isPhone ? `+${count}` : t('more', { count })}
          </button>
        ) : null,
      )}
    </div>
  )
}

interface ChipProps extends Pick<WeekProps, 'diary' | 'shown' | 'onPeek' | 'onChipKey'> {
  bar: Bar & { entry: Entry }
  row: number
  isHeld: boolean
}

function Chip({ diary, bar, row, shown, isHeld, onPeek, onChipKey }: ChipProps) {
  const { entry } = bar
  const { titleText, timeText, hoverText } = useEntryText(diary)
  return (
    <button
      type="button"
      className={classes.chip}
      style={{ ...optionColorStyle(entry.color), gridColumn: `${bar.first + 1} / ${bar.last + 2}`, gridRow: row + 2 }}
      data-entry={entry.record.id}
      data-held={isHeld || undefined}
      title={hoverText(entry, shown)}
      onClick={() => onPeek(entry)}
      onKeyDown={(event) => onChipKey(event, entry)}
    >
      {!entry.isBar && <span className={monthClasses.chipTime}>{formatMinute(entry.from.minute, diary.locale)} </span>}
      {titleText(entry)} <VisuallyHidden>{timeText(entry)}</VisuallyHidden>
    </button>
  )
}
