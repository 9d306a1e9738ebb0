import { useDraggable } from '@dnd-kit/core'
import type { ObjectMeta, RecordData } from '@oneforge/client'
import { Link } from 'react-router'
import { isEmptyValue } from '../../fields/format.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../columns/columnSettings.ts'
import { valueAt } from '../columns/relatedFields.ts'
import { CellContent } from '../table/CellContent.tsx'
import classes from './Board.module.css'

interface BoardCardProps {
  object: ObjectMeta
  record: RecordData
  shown: Column[]
}

export function BoardCard({ object, record, shown }: BoardCardProps) {
  const filled = shown.filter(({ field }) => !isEmptyValue(valueAt(record, field.key)))
  return (
    <article className={classes.card}>
      <Link to={paths.record(object.slug, record.id)} className={classes.title} draggable={false}>
        {record.title || record.recordNumber}
      </Link>
      {filled.map(({ field }) => (
        <div key={field.key} className={classes.fact} title={field.label}>
          <CellContent field={field} record={record} object={object} isTitle={false} />
        </div>
      ))}
    </article>
  )
}

/** The card one can take: by mouse or finger anywhere on it, by keyboard with space. */
export function DraggableCard({ isStill, ...card }: BoardCardProps & { isStill: boolean }) {
  const { record } = card
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({
    id: record.id,
    data: { record },
    disabled: isStill,
    // Not a button: the card holds a link.
    attributes: { role: 'group' },
  })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card is no set of form fields
    <div
      ref={setNodeRef}
      className={classes.drag}
      data-dragging={isDragging || undefined}
      {...attributes}
      {...listeners}
      role="group"
      aria-label={record.title}
    >
      <BoardCard {...card} />
    </div>
  )
}
