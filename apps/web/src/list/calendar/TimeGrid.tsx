import { DndContext } from '@dnd-kit/core'
import { VisuallyHidden } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { type CSSProperties, type ReactNode, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../ui/useShortcuts.ts'
import { BarRow } from './BarRow.tsx'
import classes from './Calendar.module.css'
import { DraftGhost } from './DraftGhost.tsx'
import { DragArea } from './DragArea.tsx'
import { usualMinutes } from './diaryFields.ts'
import { type Draft, newDraft } from './draft.ts'
import type { Entry } from './entries.ts'
import { GridColumn } from './GridColumn.tsx'
import { dayMinutes, pixelsPerMinute, slotMinutes, toPixels } from './layout.ts'
import { opensAt } from './openHours.ts'
import type { Diary } from './useDiary.ts'
import { useEntryText } from './useEntryText.ts'
import { useGridDrag } from './useGridDrag.ts'
import { entryKeys, useGridKeys } from './useGridKeys.ts'
import { useKeptFocus } from './useKeptFocus.ts'
import { formatMinute } from './zone.ts'

export interface TimeColumn {
  key: string
  day: string
  /** Above the column. */
  head: ReactNode
  /** What is told of it while something is moved over it. */
  name: string
}

interface TimeGridProps {
  diary: Diary
  label: string
  columns: TimeColumn[]
  entries: Entry[]
  belongs: (entry: Entry, column: number) => boolean
  /** What entries say beside their title. */
  shown: FieldMeta[]
  may: { create: boolean; move: boolean; stretch: boolean }
  isPending: boolean
  /** Above the heads: what several columns have in common. */
  groups?: ReactNode
  /** Pixels that a column has at least. */
  narrowest: number
  onOpen: (entry: Entry) => void
  /** Looks at the record beside the diary. */
  onPeek: (entry: Entry) => void
  onPut: (draft: Draft) => void
}

const hours = Array.from({ length: 24 }, (_, hour) => hour * 60)
/** Where nobody has said when the location opens. */
const usualOpening = 8 * 60

/** Days, or resources, side by side over the hours. Heads and hours stay while one scrolls. */
export function TimeGrid(props: TimeGridProps) {
  const { diary, label, columns, entries, belongs, shown, may, isPending, groups, narrowest, onOpen, onPeek, onPut } =
    props
  const { t } = useTranslation('calendar')
  const grid = useRef<HTMLDivElement>(null)
  const [draft, setDraft] = useState<Draft>()
  const drag = useGridDrag({ grid, columns, entries, may, setDraft, onPut })
  const opening = opensAt(diary.location, diary.days) ?? usualOpening
  const firstSlot = {
    column: Math.max(
      0,
      columns.findIndex(({ day }) => day === diary.now.day),
    ),
    minute: opening,
  }
  const keepFocus = useKeptFocus()
  const onPutByKeys = (put: Draft) => {
    if (put.entry) keepFocus(put.entry.record.id)
    onPut(put)
  }
  const keys = useGridKeys({
    draft,
    setDraft,
    columns: columns.length,
    firstSlot,
    may,
    onPut: onPutByKeys,
    onOpen,
    onPeek,
  })
  const { scroller, ...arrival } = useArrival(opening)
  useShortcuts({
    ...entryKeys(scroller),
    b: () => {
      if (!may.create) return
      scroller.current?.focus({ preventScroll: true })
      setDraft(newDraft(firstSlot.column, firstSlot.minute, usualMinutes))
    },
  })
  const perColumn = useMemo(
    () => columns.map((_, index) => entries.filter((entry) => belongs(entry, index))),
    [columns, entries, belongs],
  )
  // Between groups stands a stronger line.
  const isFirst = (index: number) => Boolean(groups) && index > 0 && columns[index - 1]!.day !== columns[index]!.day
  const onFree = useCallback((column: number, minute: number) => onPut(newDraft(column, minute, usualMinutes)), [onPut])
  const grip = { mayMove: may.move, mayStretch: may.stretch, onPeek, onEntryKey: keys.onEntryKey }
  const held = draft?.entry?.isBar ? undefined : draft?.entry?.record.id
  const style = {
    '--columns': columns.length,
    '--narrowest': `${narrowest}px`,
    '--hour': `${60 * pixelsPerMinute}px`,
    '--night': `${toPixels(nightBefore(opening, entries))}px`,
  } as CSSProperties

  return (
    <DndContext {...drag}>
      <div
        ref={scroller}
        className={classes.scroller}
        style={style}
        role="application"
        aria-label={label}
        aria-description={t('gridKeys')}
        aria-busy={isPending || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move a slot about
        tabIndex={0}
        data-diary
        {...arrival}
        onKeyDown={keys.onGridKey}
        onBlur={keys.onBlur}
      >
        <DragArea className={classes.area}>
          <div className={classes.heads}>
            {groups}
            <div className={classes.headRow}>
              {columns.map(({ key, day, head }, index) => (
                <div
                  key={key}
                  className={classes.head}
                  data-today={day === diary.now.day || undefined}
                  data-first={isFirst(index) || undefined}
                >
                  {head}
                </div>
              ))}
            </div>
            <BarRow
              diary={diary}
              entries={entries}
              columns={columns}
              belongs={belongs}
              shown={shown}
              draft={draft}
              {...grip}
            />
          </div>
          <div className={classes.body}>
            <div className={classes.hoursColumn} aria-hidden>
              {hours.slice(1).map((minute) => (
                <span key={minute} style={{ top: toPixels(minute) }}>
                  {formatMinute(minute, diary.locale)}
                </span>
              ))}
            </div>
            <div ref={grid} className={classes.grid} style={{ height: toPixels(dayMinutes) }}>
              {columns.map(({ key, day }, index) => (
                <GridColumn
                  key={key}
                  diary={diary}
                  day={day}
                  column={index}
                  isFirst={isFirst(index)}
                  entries={perColumn[index]!}
                  shown={shown}
                  mayCreate={may.create}
                  held={held}
                  onFree={onFree}
                  {...grip}
                />
              ))}
              {draft && !draft.entry?.isBar && <DraftGhost draft={draft} columns={columns} diary={diary} />}
            </div>
          </div>
        </DragArea>
      </div>
      <VisuallyHidden role="status">
        {draft && <DraftText diary={diary} draft={draft} columns={columns} />}
      </VisuallyHidden>
      {draft && <p className={classes.hint}>{t('heldKeys')}</p>}
    </DndContext>
  )
}

/** Minutes before anything happens, in whole hours: nobody needs them on paper. */
function nightBefore(opening: number, entries: Entry[]): number {
  const begins = entries.filter(({ isBar }) => !isBar).map(({ from }) => from.minute)
  return Math.floor(Math.min(opening, ...begins) / 60) * 60
}

/**
 * The day begins at its first hours of work, with a look at the hour before. Only once: nothing jumps afterwards. The diary
 * has the focus from then on, which is not shown before somebody presses a key.
 */
function useArrival(opening: number) {
  const scroller = useRef<HTMLDivElement>(null)
  const [hasArrived, setArrived] = useState(false)
  const first = useRef(opening)
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: toPixels(first.current - slotMinutes * 2) })
    // Whoever comes here goes on by keys, unless they are somewhere already.
    const focused = document.activeElement
    if (focused !== document.body && focused?.id !== 'page') return
    setArrived(true)
    scroller.current?.focus({ preventScroll: true })
  }, [])
  return { scroller, 'data-arrived': hasArrived || undefined, onKeyDownCapture: () => setArrived(false) }
}

function DraftText({ diary, draft, columns }: { diary: Diary; draft: Draft; columns: TimeColumn[] }) {
  const { titleText } = useEntryText(diary)
  const place = columns[draft.column]?.name
  const times = draft.entry?.isBar
    ? undefined
    : [draft.from, draft.to].map((minute) => formatMinute(minute, diary.locale)).join('–')
  return [draft.entry && titleText(draft.entry), place, times].filter(Boolean).join(', ')
}
