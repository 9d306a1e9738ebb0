import { useDraggable } from '@dnd-kit/core'
import type { FieldMeta, FieldType, ObjectMeta, RecordData } from '@oneforge/client'
import { Link } from 'react-router'
import { isEmptyValue, shownType } from '../../fields/format.ts'
import { paths } from '../../paths.ts'
import { stageOf } from '../../pipelines/pipelines.ts'
import { RottingMark } from '../../pipelines/RottingMark.tsx'
import type { Column } from '../columns/columnSettings.ts'
import { CellContent } from '../table/CellContent.tsx'
import classes from './Board.module.css'

/** Values that say by themselves what they are; a date or a number needs its label. */
const speaking = new Set<FieldType>([
  'text',
  'longtext',
  'email',
  'phone',
  'url',
  'select',
  'multiselect',
  'tags',
  'relation',
  'user',
  'money',
  'address',
  'rating',
])

interface BoardCardProps {
  object: ObjectMeta
  /** What the board is made of. */
  field: FieldMeta
  record: RecordData
  shown: Column[]
}

export function BoardCard({ object, field: boardField, record, shown }: BoardCardProps) {
  const main = object.pipelines.find((pipeline) => pipeline.main && pipeline.field === boardField.key)
  const filled = shown.filter(({ field }) => !isEmptyValue(record[field.key]))
  return (
    <article className={classes.card}>
      <Link to={paths.record(object.slug, record.id)} className={classes.title} draggable={false}>
        {record.title || record.recordNumber}
      </Link>
      {filled.map(({ field }) => (
        <div key={field.key} className={classes.fact} title={field.label}>
          {!speaking.has(shownType(field)) && <span className={classes.label}>{field.label}</span>}
          <CellContent field={field} record={record} object={object} isTitle={false} />
        </div>
      ))}
      {main && <RottingMark stage={stageOf(main, record[main.field])} since={record.stageSince} />}
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
