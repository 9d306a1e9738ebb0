/** Moving and sizing without a mouse, by the rules that dragging goes by: others make room, and all close up. */
import { columns, overlap, type Place, type Placed } from '../places.ts'

export const smallest = { w: 2, h: 1 }

/** The items at the places of a layout; the same array where nothing has moved. */
export function placedBy<Item extends Placed>(items: Item[], layout: readonly (Place & { i: string })[]): Item[] {
  return changedOnly(
    items,
    items.map((item) => {
      const place = layout.find(({ i }) => i === item.key)
      return place ? at(item, place) : item
    }),
  )
}

/** Over the columns one by one, over the rows past the widget that stands next. @param by -1, 0 or 1 of each. */
export function moved<Item extends Placed>(items: Item[], key: string, by: { x: number; y: number }): Item[] {
  const own = items.find((item) => item.key === key)
  if (!own) return items
  const { x, w } = own.position
  const place = { ...own.position, x: within(x + by.x, 0, columns - w), y: rowPast(items, own, by.y) }
  return closedUp(items, { ...own, position: place })
}

/** @param by columns towards the end of a line, and rows down. */
export function sized<Item extends Placed>(items: Item[], key: string, by: { w: number; h: number }): Item[] {
  const own = items.find((item) => item.key === key)
  if (!own) return items
  const { x, w, h } = own.position
  const size = { w: within(w + by.w, smallest.w, columns - x), h: Math.max(smallest.h, h + by.h) }
  return closedUp(items, { ...own, position: { ...own.position, ...size } })
}

/** What is left when one was taken away, without the hole. */
export function without<Item extends Placed>(items: Item[], key: string): Item[] {
  const left = items.filter((item) => item.key !== key)
  return left[0] ? closedUp(left, left[0]) : left
}

/** The row at which an item stands once it has gone past the next one in its columns; its own where there is none. */
function rowPast(items: Placed[], { key, position: own }: Placed, direction: number): number {
  const others = items.filter((item) => item.key !== key).map(({ position }) => position)
  const inColumns = others.filter((one) => one.x < own.x + own.w && own.x < one.x + one.w)
  if (direction > 0) {
    const below = inColumns.filter(({ y }) => y >= own.y + own.h).toSorted((a, b) => a.y - b.y)[0]
    return below ? below.y + below.h : own.y
  }
  const above = inColumns.filter(({ y }) => y < own.y).toSorted((a, b) => b.y + b.h - a.y - a.h)[0]
  return direction < 0 && above ? above.y : own.y
}

/** Each as high as it can stand in its columns; of two that want the same place the changed one has it. */
function closedUp<Item extends Placed>(items: Item[], changed: Item): Item[] {
  const isFirst = (item: Item) => Number(item.key === changed.key)
  const queue = items
    .map((item) => (item.key === changed.key ? changed : item))
    .toSorted((a, b) => a.position.y - b.position.y || isFirst(b) - isFirst(a) || a.position.x - b.position.x)
  const standing = new Map<string, Place>()
  for (const { key, position } of queue) standing.set(key, highest(position, [...standing.values()]))
  return changedOnly(
    items,
    items.map((item) => at(item, standing.get(item.key) ?? item.position)),
  )
}

function highest(place: Place, standing: Place[]): Place {
  const rows = [0, ...standing.map(({ y, h }) => y + h)].toSorted((a, b) => a - b)
  const y = rows.find((row) => !standing.some((one) => overlap(one, { ...place, y: row })))
  return { ...place, y: y ?? place.y }
}

function at<Item extends Placed>(item: Item, { x, y, w, h }: Place): Item {
  const { position: old } = item
  const isThere = old.x === x && old.y === y && old.w === w && old.h === h
  return isThere ? item : { ...item, position: { x, y, w, h } }
}

const changedOnly = <Item>(before: Item[], after: Item[]): Item[] =>
  after.some((item, index) => item !== before[index]) ? after : before

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
