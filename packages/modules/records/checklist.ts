/** Changes to single items of a checklist: what others do to other items meanwhile stays. */
import { conflict, validationError } from '@oneforge/kernel/errors'
import type { CheckItem } from '@oneforge/kernel/metadata/values'

export interface ItemChange {
  /** Of an item that is there, or that a new one is to have. */
  id?: string | undefined
  text?: string | undefined
  done?: boolean | undefined
  /** The item that it comes after; null puts it first. Where it is not said, an item stays and a new one comes last. */
  after?: string | null | undefined
}

/** An item on its way: a new one gets its id where the list is read as a whole. */
export type WantedItem = Omit<CheckItem, 'id'> & { id?: string | undefined }

/**
 * The list as it is to be. An item that somebody has removed meanwhile comes back where its text is sent.
 *
 * @throws CONFLICT where an item is only ticked that is not there, VALIDATION_ERROR where a new one has no text.
 */
export function changedItems(items: CheckItem[], changes: ItemChange[], removed: string[]): WantedItem[] {
  let wanted: WantedItem[] = items.filter(({ id }) => !removed.includes(id))
  for (const [index, change] of changes.entries()) wanted = withChange(wanted, change, index)
  return wanted
}

function withChange(items: WantedItem[], { id, text, done, after }: ItemChange, index: number): WantedItem[] {
  const at = id === undefined ? -1 : items.findIndex((item) => item.id === id)
  const known = items[at]
  if (!known && text === undefined) throw missing(id, index)
  const item = known
    ? { ...known, text: text ?? known.text, done: done ?? known.done }
    : { id, text: text!, done: done ?? false }
  if (known && after === undefined) return items.with(at, item)
  const others = items.filter((one) => one !== known)
  return others.toSpliced(placeAfter(others, after), 0, item)
}

function placeAfter(items: WantedItem[], after: string | null | undefined): number {
  if (after === null) return 0
  const before = items.findIndex(({ id }) => id === after)
  return before < 0 ? items.length : before + 1
}

function missing(id: string | undefined, index: number): Error {
  const field = `items[${index}]`
  if (id === undefined) return validationError([{ field: `${field}.text`, message: 'is required of a new item' }])
  return conflict(`The item ${id} of the checklist is not there any more. Look at the record again.`, {
    details: [{ field, message: 'is not there any more' }],
  })
}
