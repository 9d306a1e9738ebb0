import { useDndContext } from '@dnd-kit/core'
import { useEffect, useRef } from 'react'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import classes from './Calendar.module.css'
import type { Draft } from './draft.ts'
import { dayMinutes, toPixels } from './layout.ts'
import type { Diary } from './useDiary.ts'
import { useEntryText } from './useEntryText.ts'

interface DraftGhostProps {
  draft: Draft
  columns: unknown[]
  diary: Pick<Diary, 'fields' | 'locale'>
}

/** Where what is held would come to stand. */
export function DraftGhost({ draft, columns, diary }: DraftGhostProps) {
  const ghost = useRef<HTMLDivElement>(null)
  const { column, from, to, entry } = draft
  const { titleText, hoursText } = useEntryText(diary)
  // Led by keys it is followed; a pointer scrolls by itself.
  const isLed = useDndContext().active === null
  useEffect(() => {
    if (isLed) ghost.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isLed, column, from, to])
  return (
    <div
      ref={ghost}
      className={classes.ghost}
      style={{
        ...optionColorStyle(entry?.color ?? 'accent'),
        top: toPixels(from),
        height: toPixels(Math.min(to, dayMinutes) - from),
        insetInlineStart: `${(column / columns.length) * 100}%`,
        width: `calc(${100 / columns.length}% - 4px)`,
      }}
      data-ghost
    >
      {[hoursText({ from: { minute: from }, to: { minute: to } }), entry && titleText(entry)].filter(Boolean).join(' ')}
    </div>
  )
}
