/** What is arranged, as one list: headings, and under each of them what belongs to it. */
import type { LocalizedText } from '@oneforge/client'
import { completed, keyFrom } from '../settings/naming.ts'

/** What a heading is beside its name: an icon, columns. */
export type HeadingParts = { icon?: string | null; columns?: 1 | 2; collapsed?: boolean }

export interface HeadingRow extends HeadingParts {
  kind: 'heading'
  id: string
  key: string
  labels: LocalizedText
}

export interface ItemRow {
  kind: 'item'
  id: string
  /** An object's slug, a field's key. */
  name: string
}

export type Row = HeadingRow | ItemRow

export interface Part extends HeadingParts {
  key: string
  labels: LocalizedText | null
  items: string[]
}

/** A part without a heading comes first; others that have none get an empty one, so that they can be told apart. */
export function rowsOf(parts: Part[]): Row[] {
  const first = parts.filter(({ labels }) => labels === null).flatMap(({ items }) => items)
  const named = parts.flatMap(({ items, labels, ...part }): Row[] =>
    labels ? [{ kind: 'heading', id: `heading ${part.key}`, labels, ...part }, ...items.map(itemRow)] : [],
  )
  return [...first.map(itemRow), ...named]
}

const itemRow = (name: string): ItemRow => ({ kind: 'item', id: `item ${name}`, name })

/** Back to parts; a heading without a name in any language is left out, and what is under it goes to the one before. */
export function partsOf(rows: Row[]): Part[] {
  const parts: Part[] = [{ key: freeKey(rows), labels: null, items: [] }]
  for (const row of rows) {
    if (row.kind === 'item') parts.at(-1)!.items.push(row.name)
    else {
      const { kind: _kind, id: _id, ...heading } = row
      const labels = completed(heading.labels)
      if (labels.en) parts.push({ ...heading, labels, items: [] })
    }
  }
  return parts.filter(({ labels, items }) => labels !== null || items.length > 0)
}

const keysOf = (rows: Row[]): string[] => rows.flatMap((row) => (row.kind === 'heading' ? [row.key] : []))

/** The part that has no heading has a key all the same. */
const freeKey = (rows: Row[]): string => keyFrom('main', keysOf(rows))

export function newHeading(rows: Row[]): HeadingRow {
  const key = keyFrom('group', keysOf(rows))
  return { kind: 'heading', id: `heading ${key}`, key, labels: { en: '' } }
}

/** The rows after one was moved. A heading takes along what stands under it. */
export function moved(before: Row[], after: Row[], id: string): Row[] {
  if (before.find((row) => row.id === id)?.kind !== 'heading') return after
  const blocks = blocksOf(before)
  const order = after.filter(({ kind }) => kind === 'heading').map((row) => row.id)
  return [...(blocks.get('') ?? []), ...order.flatMap((heading) => blocks.get(heading) ?? [])]
}

/** Each heading's rows, itself the first of them; under '' those before any. */
function blocksOf(rows: Row[]): Map<string, Row[]> {
  const blocks = new Map<string, Row[]>([['', []]])
  let current = ''
  for (const row of rows) {
    if (row.kind === 'heading') {
      current = row.id
      blocks.set(current, [])
    }
    blocks.get(current)!.push(row)
  }
  return blocks
}
