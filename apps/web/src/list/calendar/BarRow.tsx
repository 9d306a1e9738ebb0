import { VisuallyHidden } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { useMemo } from 'react'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import classes from './Calendar.module.css'
import type { Draft } from './draft.ts'
import type { EntryGrip } from './EntryBlock.tsx'
import type { Entry } from './entries.ts'
import { type Bar, barRows, barsOf } from './layout.ts'
import type { Diary } from './useDiary.ts'
import { useEntryText } from './useEntryText.ts'

interface BarRowProps extends EntryGrip {
  diary: Diary
  entries: Entry[]
  columns: { day: string }[]
  belongs: (entry: Entry, column: number) => boolean
  shown: FieldMeta[]
  draft: Draft | undefined
}

/** Above the hours: what takes whole days. Nothing where nothing does. */
export function BarRow({ diary, entries, columns, belongs, draft, ...rest }: BarRowProps) {
  const rows = useMemo(() => {
    const bars = entries
      .filter(({ isBar }) => isBar)
      .flatMap((entry) => barsOf(entry, columns, (at) => belongs(entry, at)).map((bar) => ({ ...bar, entry })))
    return barRows(bars)
  }, [entries, columns, belongs])
  if (rows.length === 0) return null
  const held = draft?.entry?.isBar ? draft : undefined
  return (
    <div className={classes.bars} style={{ gridTemplateColumns: `repeat(${columns.length}, minmax(0, 1fr))` }}>
      {rows.map(({ bar, row }) => (
        <EntryBar
          key={`${bar.entry.record.id} ${bar.first}`}
          diary={diary}
          bar={bar}
          row={row}
          entry={bar.entry}
          isHeld={held?.entry?.record.id === bar.entry.record.id}
          {...rest}
        />
      ))}
      {held && <span className={classes.barGhost} style={{ gridColumn: held.column + 1, gridRow: '1 / -1' }} />}
    </div>
  )
}

interface EntryBarProps extends EntryGrip {
  diary: Pick<Diary, 'fields' | 'locale'>
  bar: Bar
  row: number
  entry: Entry
  shown: FieldMeta[]
  isHeld: boolean
}

function EntryBar(props: EntryBarProps) {
  const { diary, bar, row, entry, shown, isHeld, mayMove, onPeek, onEntryKey } = props
  const { titleText, timeText, hoverText } = useEntryText(diary)
  return (
    <button
      type="button"
      className={classes.bar}
      style={{ ...optionColorStyle(entry.color), gridColumn: `${bar.first + 1} / ${bar.last + 2}`, gridRow: row + 1 }}
      data-entry={entry.record.id}
      data-column={bar.first}
      data-still={!mayMove || undefined}
      data-held={isHeld || undefined}
      title={hoverText(entry, shown)}
      onClick={() => onPeek(entry)}
      onKeyDown={(event) => onEntryKey(event, entry, bar.first)}
    >
      {titleText(entry)} <VisuallyHidden>{timeText(entry)}</VisuallyHidden>
    </button>
  )
}
