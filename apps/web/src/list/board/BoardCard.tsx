import { useDraggable } from '@dnd-kit/core'
import type { FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import { type MouseEvent, memo } from 'react'
import { Link } from 'react-router'
import { isEmptyValue } from '../../fields/format.ts'
import { recordName } from '../../fields/recordName.ts'
import { paths } from '../../paths.ts'
import { stageOf, stageSince } from '../../pipelines/pipelines.ts'
import { RottingMark } from '../../pipelines/RottingMark.tsx'
import { CellContent } from '../table/CellContent.tsx'
import classes from './Board.module.css'
import { isSpeaking } from './boardColumns.ts'

interface BoardCardProps {
  object: ObjectMeta
  /** What the board is made of. */
  field: FieldMeta
  record: RecordData
  /** What cards say beside their title. */
  shown: FieldMeta[]
}

export function BoardCard({ object, field: boardField, record, shown }: BoardCardProps) {
  const pipeline = object.pipelines.find(({ field }) => field === boardField.key)
  const filled = shown.filter(({ key }) => !isEmptyValue(record[key]))
  return (
    <article className={classes.card}>
      {/* The card itself leads on by Enter: with the link as a stop of its own, Tab would stop twice at each. */}
      <Link to={paths.record(object.slug, record.id)} className={classes.title} draggable={false} tabIndex={-1}>
        {recordName(object, record)}
      </Link>
      {filled.map((field) => (
        <div key={field.key} className={classes.fact} title={field.label}>
          {!isSpeaking(field) && <span className={classes.label}>{field.label}</span>}
          <CellContent field={field} record={record} object={object} isTitle={false} />
        </div>
      ))}
      {pipeline && (
        <RottingMark stage={stageOf(pipeline, record[pipeline.field])} since={stageSince(pipeline, record)} />
      )}
    </article>
  )
}

interface DraggableCardProps extends BoardCardProps {
  /** Its place in the column, from 0. */
  index: number
  isStill: boolean
  /** The record is looked at beside the board. */
  isPeeked: boolean
  onPeek: (id: string) => void
}

/** The card one can take: by mouse anywhere on it, by a finger that rests, by keyboard with space. A click looks at it. */
export const DraggableCard = memo(function DraggableCard(props: DraggableCardProps) {
  const { index, isStill, isPeeked, onPeek, ...card } = props
  const { record } = card
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({
    id: record.id,
    data: { record },
    disabled: isStill,
    // Not a button: the card holds a link.
    attributes: { role: 'group' },
  })
  const onClick = ({ target }: MouseEvent) => {
    if (!(target instanceof Element && target.closest('a'))) onPeek(record.id)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card is no set of form fields
    // biome-ignore lint/a11y/useKeyWithClickEvents: the board takes the keys, with p for what a click does
    <div
      ref={setNodeRef}
      className={classes.drag}
      data-dragging={isDragging || undefined}
      data-peeked={isPeeked || undefined}
      data-card={record.id}
      data-index={index}
      onClick={onClick}
      {...attributes}
      {...listeners}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: those who may not move cards walk along them as well
      tabIndex={0}
      role="group"
      aria-label={recordName(card.object, record)}
    >
      <BoardCard {...card} />
    </div>
  )
})
