import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { ActionIcon } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListProps } from './PlainList.tsx'
import classes from './SortableList.module.css'

/** Rows put in order by dragging their handle, or on the handle: Space, arrow keys, Space. */
export function SortableList<Item>({
  items,
  idOf,
  labelOf,
  onMove,
  children,
  disabled = false,
  plain = false,
}: ListProps<Item>) {
  const { t } = useTranslation('settings')
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const ids = items.map(idOf)
  const nameOf = (id: string | number) => {
    const item = items[ids.indexOf(String(id))]
    return item ? labelOf(item) : ''
  }
  const place = (id: string | number | undefined) => (id === undefined ? '' : String(ids.indexOf(String(id)) + 1))
  const announcements: Announcements = {
    onDragStart: ({ active }) => t('order.picked', { name: nameOf(active.id) }),
    onDragOver: ({ active, over }) => t('order.over', { name: nameOf(active.id), place: place(over?.id) }),
    onDragEnd: ({ active, over }) => t('order.dropped', { name: nameOf(active.id), place: place(over?.id) }),
    onDragCancel: ({ active }) => t('order.cancelled', { name: nameOf(active.id) }),
  }
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) {
      onMove(arrayMove(items, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))), String(active.id))
    }
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('order.instructions') } }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ul className={classes.list} data-plain={plain || undefined}>
          {items.map((item) => (
            <SortableRow
              key={idOf(item)}
              id={idOf(item)}
              label={t('order.move', { name: labelOf(item) })}
              disabled={disabled}
            >
              {children(item)}
            </SortableRow>
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  )
}

interface SortableRowProps {
  id: string
  label: string
  disabled: boolean
  children: ReactNode
}

function SortableRow({ id, label, disabled, children }: SortableRowProps) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
    disabled,
  })
  const style = {
    transform: transform ? `translate3d(0, ${transform.y}px, 0)` : undefined,
    transition,
  }
  return (
    <li ref={setNodeRef} style={style} className={classes.row} data-dragging={isDragging || undefined}>
      {!disabled && (
        <ActionIcon
          ref={setActivatorNodeRef}
          size="sm"
          className={classes.handle}
          {...attributes}
          {...listeners}
          aria-label={label}
        >
          <IconGripVertical size={15} />
        </ActionIcon>
      )}
      <div className={classes.content}>{children}</div>
    </li>
  )
}
