import { VisuallyHidden } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import type { DiaryFields } from '../calendar/diaryFields.ts'
import type { Entry } from '../calendar/entries.ts'
import type { Diary } from '../calendar/useDiary.ts'
import { useEntryText } from '../calendar/useEntryText.ts'
import { type Held, heldEntry, isPoint } from './drag.ts'
import { placeOn } from './scale.ts'
import classes from './Timeline.module.css'

interface TimelineEntryProps {
  entry: Entry
  /** Of its row. */
  index: number
  fields: DiaryFields
  clock: Pick<Diary, 'zone' | 'locale'>
  /** Moments between which the timeline is drawn. */
  edges: { start: number; end: number }
  may: { move: boolean; stretch: boolean }
  /** How it is being moved, while it is. */
  held: Held | undefined
  onPeek: (entry: Entry) => void
  onEntryKey: (event: KeyboardEvent, entry: Entry, index: number) => void
}

/** An entry's name and its bar; a point where nobody has said how long it takes. */
export function TimelineEntry(props: TimelineEntryProps) {
  const { entry, index, fields, clock, edges, may, held, onPeek, onEntryKey } = props
  const { titleText, timeText, colorText, hoverText } = useEntryText({ fields, locale: clock.locale })
  const shown = held ? heldEntry(held, fields, clock.zone) : entry
  const { left, width } = placeOn(shown, edges)
  const isSmall = isPoint(shown, fields.end)
  return (
    <>
      <span className={classes.name} title={titleText(entry)}>
        {titleText(entry)}
      </span>
      <div className={classes.track}>
        {/* biome-ignore lint/a11y/useSemanticElements: a button cannot hold the edge that stretches it */}
        <div
          role="button"
          tabIndex={0}
          className={isSmall ? classes.point : classes.bar}
          style={{
            ...optionColorStyle(entry.color),
            insetInlineStart: `${left * 100}%`,
            width: isSmall ? undefined : `${width * 100}%`,
          }}
          data-entry={entry.record.id}
          data-row={index}
          data-still={!may.move || undefined}
          data-held={held ? true : undefined}
          title={hoverText(entry, [])}
          onClick={() => onPeek(entry)}
          onKeyDown={(event) => onEntryKey(event, entry, index)}
        >
          <span className={isSmall ? classes.pointMark : classes.barText}>{!isSmall && titleText(entry)}</span>
          <VisuallyHidden>
            {[isSmall && titleText(entry), timeText(shown), colorText(entry)].filter(Boolean).join(', ')}
          </VisuallyHidden>
          {may.stretch && !isSmall && <span className={classes.edge} aria-hidden data-edge />}
        </div>
      </div>
    </>
  )
}
