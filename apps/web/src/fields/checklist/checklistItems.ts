/** A checklist as the page holds it: its items, how far it is, and what becomes of it by a change before the server says so. */
import type { CheckItem, ChecklistChange } from '@oneforge/client'

/** The items of a value; texts that a field held before it was a checklist have none. */
export const itemsOf = (value: unknown): CheckItem[] => (Array.isArray(value) ? (value as CheckItem[]) : [])

export const doneOf = (items: CheckItem[]): number => items.filter(({ done }) => done).length

export const newItemId = (): string => crypto.randomUUID().slice(0, 18)

/** The items with the change, told as the server does it; null where none is left. */
export function changed(items: CheckItem[], { items: changes = [], removed = [] }: ChecklistChange) {
  let next = items.filter(({ id }) => !removed.includes(id))
  for (const { id = newItemId(), after, ...values } of changes) {
    const at = next.findIndex((item) => item.id === id)
    const item = { text: '', done: false, ...next[at], ...values, id }
    if (at >= 0 && after === undefined) next = next.with(at, item)
    else {
      const others = next.filter((one) => one.id !== id)
      next = others.toSpliced(placeAfter(others, after), 0, item)
    }
  }
  return next.length > 0 ? next : null
}

function placeAfter(items: CheckItem[], after: string | null | undefined): number {
  if (after === null) return 0
  const before = items.findIndex(({ id }) => id === after)
  return before < 0 ? items.length : before + 1
}

/** The change that moves an item by one place; undefined where there is no such place. */
export function moved(items: CheckItem[], id: string, step: 1 | -1): ChecklistChange | undefined {
  const at = items.findIndex((item) => item.id === id)
  const to = at + step
  if (at < 0 || to < 0 || to >= items.length) return undefined
  const before = step > 0 ? items[to] : items[to - 1]
  return { items: [{ id, after: before?.id ?? null }] }
}

/** The items that a change has touched, as they were and as they are; none where it only put them in another order. */
export function differingItems(before: unknown, after: unknown): { gone: CheckItem[]; now: CheckItem[] } {
  const [was, is] = [itemsOf(before), itemsOf(after)]
  const isIn = (items: CheckItem[]) => (item: CheckItem) =>
    items.some(({ id, text, done }) => id === item.id && text === item.text && done === item.done)
  return { gone: was.filter((item) => !isIn(is)(item)), now: is.filter((item) => !isIn(was)(item)) }
}
