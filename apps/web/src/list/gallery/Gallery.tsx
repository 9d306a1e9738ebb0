import { useElementSize } from '@mantine/hooks'
import type { FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { FieldValue } from '../../fields/FieldValue.tsx'
import { isEmptyValue } from '../../fields/format.ts'
import { recordName } from '../../fields/recordName.ts'
import { paths } from '../../paths.ts'
import { CardPicture } from './CardPicture.tsx'
import classes from './Gallery.module.css'
import { initialsOf } from './initials.ts'

interface GalleryProps {
  object: ObjectMeta
  rows: RecordData[]
  /** What the cards say beside their title. */
  fields: FieldMeta[]
  /** Whose file is the picture of a card; initials without it. */
  picture: FieldMeta | undefined
  hasMore: boolean
  isFetchingMore: boolean
  onFetchMore: () => void
}

const narrowestCard = 220
const gap = 12
const lineHeight = 26
const headHeight = 88
/** What a card with a picture is higher by: the picture reaches its edges, and its title takes less. */
const pictureHeight = 116
/** The next stretch is asked for when this few lines of cards are left below. */
const fetchAhead = 12

/** Records as cards with initials, title and a few fields; only the cards in sight exist. */
export function Gallery({ object, rows, fields, picture, hasMore, isFetchingMore, onFetchMore }: GalleryProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: measured, width } = useElementSize()
  const across = Math.max(1, Math.floor((width + gap) / (narrowestCard + gap)))
  const height = headHeight + (picture ? pictureHeight : 0) + fields.length * lineHeight
  const lines = Math.ceil(rows.length / across)
  const virtualizer = useVirtualizer({
    count: lines,
    getScrollElement: () => scroller.current,
    estimateSize: () => height + gap,
    overscan: 4,
  })
  const items = virtualizer.getVirtualItems()
  const lastInSight = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isFetchingMore && lastInSight >= lines - fetchAhead) onFetchMore()
  }, [hasMore, isFetchingMore, lastInSight, lines, onFetchMore])
  // Cards are as high as their fields: another choice of columns moves all of them.
  useEffect(() => virtualizer.measure(), [virtualizer, height])

  return (
    <div ref={scroller} className={classes.scroller} data-table tabIndex={-1}>
      <ul
        ref={measured}
        className={classes.cards}
        style={{ height: virtualizer.getTotalSize() }}
        aria-label={object.labelPlural}
        onKeyDown={(event) => goOn(event, across)}
      >
        {items.flatMap(({ index: line, start }) =>
          rows.slice(line * across, (line + 1) * across).map((record, place) => (
            <li
              key={record.id}
              className={classes.place}
              style={{
                height,
                width: `calc((100% - ${(across - 1) * gap}px) / ${across})`,
                insetInlineStart: `calc(${place} * (100% + ${gap}px) / ${across})`,
                transform: `translateY(${start}px)`,
              }}
            >
              <Card object={object} record={record} shown={fields} picture={picture} />
            </li>
          )),
        )}
      </ul>
    </div>
  )
}

interface CardProps extends Pick<GalleryProps, 'object' | 'picture'> {
  record: RecordData
  shown: FieldMeta[]
}

const Card = memo(function Card({ object, record, shown, picture }: CardProps) {
  const title = recordName(object, record)
  return (
    <article className={classes.card}>
      {picture && <CardPicture value={record[picture.key]} title={title} />}
      <div className={classes.head}>
        {!picture && (
          <span className={classes.initials} aria-hidden>
            {initialsOf(title)}
          </span>
        )}
        <span className={classes.names}>
          <Link to={paths.record(object.slug, record.id)} className={classes.title} title={title}>
            {title}
          </Link>
          <span className={classes.number}>{record.recordNumber}</span>
        </span>
      </div>
      <dl className={classes.fields}>
        {shown.map((field) => (
          <div key={field.key} className={classes.field}>
            <dt>{field.label}</dt>
            <dd>{isEmptyValue(record[field.key]) ? '–' : <FieldValue field={field} value={record[field.key]} />}</dd>
          </div>
        ))}
      </dl>
    </article>
  )
})

/** Arrow keys go from title to title. */
function goOn(event: KeyboardEvent<HTMLElement>, across: number): void {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key]
  if (!step) return
  const titles = [...event.currentTarget.querySelectorAll<HTMLElement>(`.${classes.title}`)]
  const at = titles.indexOf(document.activeElement as HTMLElement)
  const next = at < 0 ? undefined : titles[at + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
