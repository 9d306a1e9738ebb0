import { DndContext, MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'
import { Skeleton, Text, VisuallyHidden } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import calendarClasses from '../calendar/Calendar.module.css'
import { DragArea } from '../calendar/DragArea.tsx'
import type { DiaryFields } from '../calendar/diaryFields.ts'
import type { Diary } from '../calendar/useDiary.ts'
import { useEntryText } from '../calendar/useEntryText.ts'
import { restOfFinger, silent } from '../calendar/useGridDrag.ts'
import { momentOf } from '../calendar/zone.ts'
import { heldEntry } from './drag.ts'
import { placeOn, type Scale } from './scale.ts'
import classes from './Timeline.module.css'
import { TimelineEntry } from './TimelineEntry.tsx'
import { type HoldingProps, useHeldEntry } from './useHeldEntry.ts'

interface TimelineGridProps extends HoldingProps {
  label: string
  object: ObjectMeta
  fields: DiaryFields
  clock: Pick<Diary, 'zone' | 'now' | 'locale'>
  isPending: boolean
}

const rowHeight = 34

/** Bars over time, one in each row; only the rows in sight exist. Names and marks stay while one scrolls. */
export function TimelineGrid(props: TimelineGridProps) {
  const { label, object, fields, clock, scale, rows, isPending, may } = props
  const { t } = useTranslation('calendar')
  const { zone, now, locale } = clock
  const scroller = useRef<HTMLDivElement>(null)
  const track = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]!.id,
    overscan: 8,
  })
  const goTo = (index: number) => virtualizer.scrollToIndex(index)
  const { held, drag, onEntryKey, onBlur } = useHeldEntry({ ...props, scroller, track, goTo })
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: restOfFinger }),
  )
  const { titleText, timeText } = useEntryText({ fields, locale })
  const edges = { start: momentOf(scale.first, 0, zone), end: momentOf(scale.after, 0, zone) }
  const today = placeOn({ start: momentOf(now.day, now.minute, zone), end: edges.end }, edges)
  const isTodayShown = now.day >= scale.first && now.day < scale.after
  const heldText = held && heldEntry(held, fields, zone)
  return (
    <DndContext sensors={sensors} {...drag} accessibility={{ announcements: silent }}>
      <div
        ref={scroller}
        className={classes.scroller}
        style={{ '--marks': scale.marks.length } as CSSProperties}
        role="application"
        aria-label={label}
        aria-description={t('timeline.keys')}
        aria-busy={isPending || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        data-diary
        data-table
        onBlur={onBlur}
      >
        <DragArea className={classes.area}>
          <div className={classes.head}>
            <span className={classes.corner} />
            <div ref={track} className={classes.marks} style={columnsOf(scale)} data-marks>
              {scale.marks.map(({ day, label: text }, index) => (
                <span key={day} className={classes.mark} data-today={isWithin(scale, index, now.day) || undefined}>
                  {text}
                </span>
              ))}
            </div>
          </div>
          {rows.length === 0 && !isPending && (
            <Text size="sm" c="dimmed" p="xl" className={classes.nothing}>
              {t('nothing', { objects: object.labelPlural })}
            </Text>
          )}
          {rows.length === 0 && isPending && <Skeleton height={rowHeight * 3} m="md" w="60%" />}
          <div className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
            <div className={classes.lines} style={columnsOf(scale)} aria-hidden>
              {scale.marks.map(({ day }) => (
                <span key={day} className={classes.line} />
              ))}
              {isTodayShown && (
                <span className={classes.now} style={{ insetInlineStart: `${today.left * 100}%` }} data-now />
              )}
            </div>
            {virtualizer.getVirtualItems().map(({ index, start, key }) => {
              const row = rows[index]!
              return (
                <div
                  key={key}
                  className={classes.row}
                  data-group={row.kind === 'group' || undefined}
                  style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                >
                  {row.kind === 'group' ? (
                    <h3 className={classes.group}>
                      {row.label} <span className={classes.count}>{row.count}</span>
                    </h3>
                  ) : (
                    <TimelineEntry
                      entry={row.entry}
                      index={index}
                      fields={fields}
                      clock={clock}
                      edges={edges}
                      may={may}
                      held={held?.entry.record.id === row.id ? held : undefined}
                      onPeek={props.onPeek}
                      onEntryKey={onEntryKey}
                    />
                  )}
                </div>
              )
            })}
          </div>
        </DragArea>
      </div>
      <VisuallyHidden role="status">{heldText && [titleText(heldText), timeText(heldText)].join(', ')}</VisuallyHidden>
      {held && <p className={calendarClasses.hint}>{t('heldKeys')}</p>}
    </DndContext>
  )
}

/** Months are not equally long. */
const columnsOf = ({ marks }: Scale): CSSProperties => ({
  gridTemplateColumns: marks.map(({ days }) => `minmax(0, ${days}fr)`).join(' '),
})

function isWithin({ marks, after }: Scale, index: number, day: string): boolean {
  return marks[index]!.day <= day && day < (marks[index + 1]?.day ?? after)
}
