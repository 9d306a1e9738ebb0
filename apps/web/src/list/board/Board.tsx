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
import type { Column } from '../columns/columnSettings.ts'
import classes from './Board.module.css'
import { BoardCard } from './BoardCard.tsx'
import { BoardColumn } from './BoardColumn.tsx'
import { boardColumns, type BoardColumn as ColumnInfo, columnId, columnQuery, isIn } from './boardColumns.ts'
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
  const totals = useColumnTotals(object, field, query)
  const [dragged, setDragged] = useState<RecordData>()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: toNeighbourColumn }),
  )
  const hasEmpty = field.key !== object.roles.stage && totals.has(null)
  const stages = boardColumns(field, hasEmpty, t('board.empty', { label: field.label }))
  const shown = columns.slice(1).filter((column) => column.field.key !== field.key)

  function onDragEnd({ over }: DragEndEvent): void {
    setDragged(undefined)
    const target = stages.find(({ value }) => columnId(value) === over?.id)
    if (!dragged || !target || isIn(dragged, field, target.value)) return
    const from = (dragged[field.key] as string | null) ?? null
    const moved = { ...dragged, [field.key]: target.value }
    moveBetweenLists(
      cache,
      object.slug,
      moved,
      columnQuery(query, field, from),
      columnQuery(query, field, target.value),
    )
    update.mutate(
      { record: dragged, changes: { [field.key]: target.value } },
      { onSettled: () => refreshLists(cache, object.slug) },
    )
  }

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCorners}
      onDragStart={({ active }: DragStartEvent) => setDragged(active.data.current?.record as RecordData)}
      onDragCancel={() => setDragged(undefined)}
      onDragEnd={onDragEnd}
      accessibility={{
        screenReaderInstructions: { draggable: t('board.instructions') },
        announcements: announcementsOf(stages, t),
      }}
    >
      <div className={classes.board}>
        {stages.map((column) => (
          <BoardColumn
            key={columnId(column.value)}
            object={object}
            column={column}
            shown={shown}
            query={columnQuery(query, field, column.value)}
            total={totals.get(column.value)}
            isStill={!object.permissions.update || field.access !== 'write'}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && <BoardCard object={object} record={dragged} shown={shown} />}
      </DragOverlay>
    </DndContext>
  )
}

/** What a screen reader says on the way, by the names of card and column. */
function announcementsOf(stages: ColumnInfo[], t: TFunction<'list'>): Announcements {
  const titleOf = ({ data }: Active) => (data.current?.record as RecordData | undefined)?.title
  const labelOf = (id: unknown) => stages.find(({ value }) => columnId(value) === id)?.label
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
