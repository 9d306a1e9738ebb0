import type { ReactNode } from 'react'
import classes from './SortableList.module.css'

export interface ListProps<Item> {
  items: Item[]
  idOf: (item: Item) => string
  /** Names the item for people who move it without seeing it. */
  labelOf: (item: Item) => string
  onMove: (items: Item[], moved: string) => void
  /** What stands right of the handle. */
  children: (item: Item) => ReactNode
  disabled?: boolean
  /** Without lines around the rows, where the list stands among others. */
  plain?: boolean
}

/** The rows of a SortableList without what moves them, where there is nothing to move or it has not come yet. */
export function PlainList<Item>({ items, idOf, children, plain = false }: ListProps<Item>) {
  return (
    <ul className={classes.list} data-plain={plain || undefined}>
      {items.map((item) => (
        <li key={idOf(item)} className={classes.row}>
          <div className={classes.content}>{children(item)}</div>
        </li>
      ))}
    </ul>
  )
}
