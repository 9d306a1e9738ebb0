/** Where the widgets of a board stand: on a grid of twelve columns, from where a line starts. */

export interface Place {
  x: number
  y: number
  w: number
  h: number
}

export interface Placed {
  key: string
  position: Place
}

export const columns = 12
/** Of a row and of the space between two, in pixels. */
export const rowHeight = 50
export const gap = 12

/** As a page is read: row for row, and in each from where lines start. */
export function inReadingOrder<Item extends Placed>(items: Item[]): Item[] {
  return items.toSorted((a, b) => a.position.y - b.position.y || a.position.x - b.position.x)
}

/** The first row below everything. */
export function rowsOf(items: Placed[]): number {
  return Math.max(0, ...items.map(({ position }) => position.y + position.h))
}

/** Beside the last row if there is room, else below it. */
export function freePlace(items: Placed[], { w, h }: Pick<Place, 'w' | 'h'>): Place {
  const last = inReadingOrder(items).at(-1)?.position
  const beside = last && { x: last.x + last.w, y: last.y, w, h }
  const isFree = beside && beside.x + w <= columns && !items.some(({ position }) => overlap(position, beside))
  return isFree ? beside : { x: 0, y: rowsOf(items), w, h }
}

/** One after the other in this order, each as wide as it is: a new row begins where the next one does not fit. */
export function inFlow<Item extends Placed>(items: Item[]): Item[] {
  let [x, y, height] = [0, 0, 0]
  return items.map((item) => {
    const { w, h } = item.position
    if (x + w > columns) [x, y, height] = [0, y + height, 0]
    const position = { x, y, w, h }
    x += w
    height = Math.max(height, h)
    return { ...item, position }
  })
}

export function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}
