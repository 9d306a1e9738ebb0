import { VisuallyHidden } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import type { CSSProperties, KeyboardEvent } from 'react'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import classes from './Calendar.module.css'
import type { Entry } from './entries.ts'
import { type Piece, type Placed, toPixels } from './layout.ts'
import type { Diary } from './useDiary.ts'
import { useEntryText } from './useEntryText.ts'

export interface EntryGrip {
  mayMove: boolean
  mayStretch: boolean
  onPeek: (entry: Entry) => void
  onEntryKey: (event: KeyboardEvent<HTMLElement>, entry: Entry, column: number) => void
}

interface EntryBlockProps extends EntryGrip {
  diary: Pick<Diary, 'fields' | 'locale'>
  entry: Entry
  column: number
  placed: Placed<Piece>
  shown: FieldMeta[]
  /** It is on its way elsewhere. */
  isHeld: boolean
}

/** An entry among the hours of a day; how much of it is read depends on its length. */
export function EntryBlock(props: EntryBlockProps) {
  const { diary, entry, column, placed, shown, isHeld, mayMove, mayStretch, onPeek, onEntryKey } = props
  const { piece, lane, lanes } = placed
  const { dayText, hoursText, titleText, factsText, colorText, hoverText } = useEntryText(diary)
  // What began the day before is stretched where it begins.
  const isWhole = entry.from.minute === piece.from
  const style = {
    ...optionColorStyle(entry.color),
    top: toPixels(piece.from),
    height: toPixels(piece.to - piece.from) - 1,
    insetInlineStart: `${(lane / lanes) * 100}%`,
    width: `calc(${100 / lanes}% - 2px)`,
  } as CSSProperties
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot hold the edge that stretches it
    <div
      role="button"
      tabIndex={0}
      className={classes.entry}
      style={style}
      data-entry={entry.record.id}
      data-held={isHeld || undefined}
      data-still={!mayMove || undefined}
      title={hoverText(entry, shown)}
      onClick={() => onPeek(entry)}
      onKeyDown={(event) => onEntryKey(event, entry, column)}
    >
      <span className={classes.title}>{titleText(entry)} </span>
      <span className={classes.facts}>{factsText(entry, shown).join(' · ')} </span>
      <span className={classes.hours}>{hoursText(entry)} </span>
      <VisuallyHidden>{[dayText(entry.from.day), colorText(entry)].filter(Boolean).join(', ')}</VisuallyHidden>
      {mayStretch && isWhole && <span className={classes.edge} aria-hidden data-edge />}
    </div>
  )
}
