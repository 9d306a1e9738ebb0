import {
  type Active,
  type Announcements,
  closestCorners,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardCode,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import type { FieldMeta, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import type { TFunction } from 'i18next'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { paths } from '../../paths.ts'
import { usePeek } from '../../record/peek.ts'
import { restOfFinger } from '../calendar/useGridDrag.ts'
import type { ColumnControls } from '../columns/useColumns.ts'
import { EmptyList } from '../EmptyList.tsx'
import { ListRefused } from '../ListRefused.tsx'
import type { ListControls } from '../useListState.ts'
import { useOthersChanges } from '../useOthersChanges.ts'
import classes from './Board.module.css'
import { BoardBar } from './BoardBar.tsx'
import { BoardCard } from './BoardCard.tsx'
import { BoardColumn, type Cards } from './BoardColumn.tsx'
import { BoardLane } from './BoardLane.tsx'
import { boardColumns, boardLanes, laneFields, placeId, placeQuery } from './boardColumns.ts'
import { toNeighbourColumn, useBoardKeys } from './boardKeys.ts'
import { ColumnHead } from './ColumnHead.tsx'
import { useBoardTotals } from './useBoardTotals.ts'
import { type AskedPlace, useCardMoves } from './useCardMoves.tsx'
import { useOwnMoves } from './useOwnMoves.ts'

/** Enter opens a card, so that only space picks it up; both let it go. */
const keysOfDrag = {
  start: [KeyboardCode.Space],
  cancel: [KeyboardCode.Esc],
  end: [KeyboardCode.Space, KeyboardCode.Enter],
}

export interface BoardProps {
  object: ObjectMeta
  /** Whose options are the columns. */
  field: FieldMeta
  list: ListControls
  columns: ColumnControls
  /** Filter, search and fields of the list; columns and lanes come on top. */
  query: ListQuery
  /** Absent when the person may not create. */
  onCreate: (() => void) | undefined
}

/** Records as cards under their stage or option, in lanes if wanted; dragging a card changes the fields. */
export function Board({ object, field, list, columns, query, onCreate }: BoardProps) {
  const { t } = useTranslation('list')
  const format = useFormatContext()
  const navigate = useNavigate()
  const peek = usePeek()
  const board = useRef<HTMLDivElement>(null)
  const [carried, setCarried] = useState<RecordData>()
  const { settings } = list.look
  const offered = useMemo(() => laneFields(columns.fields, field), [columns.fields, field])
  const laneField = offered.find(({ key }) => key === settings.laneField)
  const totals = useBoardTotals({ object, field, laneField, fields: columns.fields, list, query })
  const hasEmpty = field.key !== object.roles.stage && totals.columns.has(null)
  const stages = useMemo(
    () => boardColumns(field, hasEmpty, t('board.empty', { label: field.label })),
    [field, hasEmpty, t],
  )
  const lanes = useMemo(
    () =>
      laneField
        ? boardLanes(laneField, totals.lanes, t('board.empty', { label: laneField.label }), format)
        : [undefined],
    [laneField, totals.lanes, format, t],
  )
  const places: AskedPlace[] = useMemo(
    () =>
      lanes.flatMap((lane) =>
        stages.map(({ value, label }) => ({ lane, value, label, query: placeQuery(query, field, { lane, value }) })),
      ),
    [lanes, stages, query, field],
  )
  const shown = useMemo(
    () => columns.columns.slice(1).flatMap((one) => (told(one.field, field, laneField) ? [] : [one.field])),
    [columns.columns, field, laneField],
  )
  const { moveCard, dialog, place, drop } = useCardMoves(object, field, places)
  useOthersChanges(object, query, carried !== undefined, { place, drop })
  useOwnMoves(object, field, places, query, place)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: restOfFinger }),
    useSensor(KeyboardSensor, { coordinateGetter: toNeighbourColumn, keyboardCodes: keysOfDrag }),
  )
  const onPeek = useCallback((id: string) => showPeek.current(id), [])
  const showPeek = useRef(peek.show)
  showPeek.current = peek.show
  const { onKeyDown, keepFocus } = useBoardKeys(board, {
    open: (id) => navigate(paths.record(object.slug, id)),
    peek: peek.show,
    isCarrying: carried !== undefined,
  })

  function onDragEnd({ over }: DragEndEvent): void {
    setCarried(undefined)
    const target = places.find((one) => placeId(one) === over?.id)
    if (!carried || !target) return
    keepFocus(carried.id)
    moveCard(carried, target)
  }

  const setLimit = (value: string | null, most: number | undefined) => {
    const others = (settings.columnLimits ?? []).filter((limit) => limit.value !== value)
    list.setSettings({ columnLimits: most === undefined ? others : [...others, { value, most }] })
  }
  const headOf = (column: (typeof stages)[number]) => (
    <ColumnHead
      key={column.value}
      column={column}
      sums={totals.columns.get(column.value)}
      totals={totals.totals}
      limit={settings.columnLimits?.find(({ value }) => value === column.value)?.most}
      onLimit={(most) => setLimit(column.value, most)}
    />
  )
  const cards: Cards = {
    object,
    field,
    shown,
    isStill: !object.permissions.update || field.access !== 'write',
    carried: carried?.id,
    peeked: peek.id,
    onPeek,
  }
  const bar = <BoardBar object={object} list={list} field={field} laneField={laneField} offered={offered} />
  if (totals.error) return <ListRefused error={totals.error} list={list} />
  if (totals.count === 0)
    return (
      <>
        {bar}
        <EmptyList object={object} list={list} onCreate={onCreate} />
      </>
    )
  return (
    <>
      {bar}
      <DndContext
        sensors={sensors}
        collisionDetection={closestCorners}
        onDragStart={({ active }: DragStartEvent) => setCarried(active.data.current?.record as RecordData)}
        onDragCancel={() => setCarried(undefined)}
        onDragEnd={onDragEnd}
        accessibility={{
          screenReaderInstructions: { draggable: t('board.instructions') },
          announcements: announcementsOf(places, t),
          // The focus is kept by the board: the card is drawn anew in another column.
          restoreFocus: false,
        }}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the cards within take the keys */}
        <div
          ref={board}
          className={classes.lanes}
          data-lanes={laneField ? true : undefined}
          data-table
          tabIndex={-1}
          onKeyDown={onKeyDown}
        >
          {laneField ? (
            <>
              <div className={classes.heads}>{stages.map(headOf)}</div>
              {lanes.map(
                (lane) =>
                  lane && (
                    <BoardLane
                      key={String(lane.value)}
                      {...cards}
                      lane={lane}
                      columns={stages}
                      places={places}
                      totals={totals}
                    />
                  ),
              )}
            </>
          ) : (
            <div className={classes.board}>
              {stages.map((column, index) => (
                <BoardColumn
                  key={placeId({ lane: undefined, value: column.value })}
                  {...cards}
                  lane={undefined}
                  column={column}
                  query={places[index]!.query}
                  count={totals.countAt(places[index]!)}
                  isAsked
                  head={headOf(column)}
                />
              ))}
            </div>
          )}
        </div>
        <DragOverlay dropAnimation={null}>
          {carried && <BoardCard object={object} field={field} record={carried} shown={shown} />}
        </DragOverlay>
      </DndContext>
      {dialog}
    </>
  )
}

/** What column and lane say already. */
const told = ({ key }: FieldMeta, field: FieldMeta, laneField: FieldMeta | undefined): boolean =>
  key === field.key || key === laneField?.key

/** What a screen reader says on the way, by the names of card, column and lane. */
function announcementsOf(places: AskedPlace[], t: TFunction<'list'>): Announcements {
  const titleOf = ({ data }: Active) => {
    const record = data.current?.record as RecordData | undefined
    return record?.title || record?.recordNumber
  }
  const labelOf = (id: unknown) => {
    const place = places.find((one) => placeId(one) === id)
    return place && [place.label, place.lane?.label].filter(Boolean).join(', ')
  }
  const said = (text: 'over' | 'dropped', active: Active, id: unknown) => {
    const column = labelOf(id)
    return column && t(`board.${text}`, { title: titleOf(active), column })
  }
  return {
    onDragStart: ({ active }) => t('board.picked', { title: titleOf(active) }),
    onDragOver: ({ active, over }) => said('over', active, over?.id),
    onDragEnd: ({ active, over }) => said('dropped', active, over?.id),
    onDragCancel: ({ active }) => t('board.cancelled', { title: titleOf(active) }),
  }
}
