import {
  type Active,
  type Announcements,
  closestCorners,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import type { FieldMeta, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { moveBetweenLists, refreshLists } from '../../api/recordCache.ts'
import { useUpdateRecord } from '../../api/recordChanges.ts'
import { useStageMove } from '../../pipelines/useStageMove.tsx'
import type { Column } from '../columns/columnSettings.ts'
import classes from './Board.module.css'
import { BoardBar, useLaneField } from './BoardBar.tsx'
import { BoardCard } from './BoardCard.tsx'
import { BoardLane } from './BoardLane.tsx'
import { boardColumns, boardLanes, columnQuery, isIn, type Lane, type Place, placeId } from './boardColumns.ts'
import { toNeighbourColumn } from './boardKeys.ts'
import { useColumnTotals } from './useColumnTotals.ts'

interface BoardProps {
  object: ObjectMeta
  field: FieldMeta
  columns: Column[]
  query: ListQuery
}

/** Records as cards under their stage or option; dragging a card changes the field. Space picks up, arrows move. */
export function Board({ object, field, columns, query }: BoardProps) {
  const { t } = useTranslation('list')
  const cache = useQueryClient()
  const update = useUpdateRecord(object.slug)
  const { move, dialog } = useStageMove(object)
  const totals = useColumnTotals(object, field, query)
  const [laneField, setLaneField] = useLaneField(object, field)
  const [dragged, setDragged] = useState<RecordData>()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: toNeighbourColumn }),
  )
  const hasEmpty = field.key !== object.roles.stage && totals.has(null)
  const stages = boardColumns(field, hasEmpty, t('board.empty', { label: field.label }))
  const lanes = boardLanes(laneField, t('board.empty', { label: laneField?.label }))
  const places = lanes.flatMap((lane) => stages.map(({ value, label }) => ({ lane, value, label })))
  const shown = columns
    .slice(1)
    .filter((column) => column.field.key !== field.key && column.field.key !== laneField?.key)
  const queryOf = ({ lane, value }: Place) => columnQuery(inLane(query, lane), field, value)

  function onDragEnd({ over }: DragEndEvent): void {
    setDragged(undefined)
    const target = places.find((place) => placeId(place) === over?.id)
    if (!dragged || !target) return
    const { lane } = target
    const changes: Record<string, string | null> = {}
    if (!isIn(dragged, field, target.value)) changes[field.key] = target.value
    if (lane && !isIn(dragged, lane.field, lane.value)) changes[lane.field.key] = lane.value
    if (Object.keys(changes).length === 0) return
    const from = {
      lane: lanes.find((one) => one && isIn(dragged, one.field, one.value)),
      value: (dragged[field.key] as string | null) ?? null,
    }
    void move(dragged, changes, (all, record) => {
      moveBetweenLists(cache, object.slug, { ...dragged, ...changes }, queryOf(from), queryOf(target))
      return update
        .mutateAsync({ record, changes: all, explainsRefusal: 'stageMoves' in all })
        .finally(() => refreshLists(cache, object.slug))
    })
  }

  return (
    <>
      <BoardBar object={object} field={field} laneField={laneField} onLaneField={setLaneField} />
      <DndContext
        sensors={sensors}
        collisionDetection={closestCorners}
        onDragStart={({ active }: DragStartEvent) => setDragged(active.data.current?.record as RecordData)}
        onDragCancel={() => setDragged(undefined)}
        onDragEnd={onDragEnd}
        accessibility={{
          screenReaderInstructions: { draggable: t('board.instructions') },
          announcements: announcementsOf(places, t),
        }}
      >
        <div className={classes.lanes} data-lanes={laneField ? true : undefined}>
          {lanes.map((lane) => (
            <BoardLane
              key={lane?.value ?? ''}
              object={object}
              field={field}
              lane={lane}
              columns={stages}
              shown={shown}
              query={inLane(query, lane)}
              isStill={!object.permissions.update || field.access !== 'write'}
            />
          ))}
        </div>
        <DragOverlay dropAnimation={null}>
          {dragged && <BoardCard object={object} field={field} record={dragged} shown={shown} />}
        </DragOverlay>
      </DndContext>
      {dialog}
    </>
  )
}

const inLane = (query: ListQuery, lane: Lane | undefined): ListQuery =>
  lane ? columnQuery(query, lane.field, lane.value) : query

/** What a screen reader says on the way, by the names of card, column and lane. */
function announcementsOf(places: (Place & { label: string })[], t: TFunction<'list'>): Announcements {
  const titleOf = ({ data }: Active) => (data.current?.record as RecordData | undefined)?.title
  const labelOf = (id: unknown) => {
    const place = places.find((one) => placeId(one) === id)
    return place && [place.label, place.lane?.label].filter(Boolean).join(', ')
  }
  const told = (text: 'over' | 'dropped', active: Active, id: unknown) => {
    const column = labelOf(id)
    return column && t(`board.${text}`, { title: titleOf(active), column })
  }
  return {
    onDragStart: ({ active }) => t('board.picked', { title: titleOf(active) }),
    onDragOver: ({ active, over }) => told('over', active, over?.id),
    onDragEnd: ({ active, over }) => told('dropped', active, over?.id),
    onDragCancel: ({ active }) => t('board.cancelled', { title: titleOf(active) }),
  }
}
