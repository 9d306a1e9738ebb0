/**
 * What lies between two states of a definition, and how one change is taken back without losing later ones. Lists of
 * things with a key or value (options, stages, rules) are compared thing by thing, everything else as a whole.
 */
import { isDeepStrictEqual } from 'node:util'

export type DefinitionValue =
  | null
  | boolean
  | number
  | string
  | DefinitionValue[]
  | { [property: string]: DefinitionValue | undefined }
type Parts = { [property: string]: DefinitionValue | undefined }

export interface PropertyChange {
  /** `['definition', 'options', 'red', 'label']` */
  path: string[]
  before: DefinitionValue | undefined
  after: DefinitionValue | undefined
}

/** Stands in a path for the order of a list. */
export const orderOfList = '#order'

/** The smallest parts that differ. */
export function propertyChanges(
  before: DefinitionValue | undefined,
  after: DefinitionValue | undefined,
  path: string[] = [],
): PropertyChange[] {
  if (isDeepStrictEqual(before, after)) return []
  const [one, other] = [partsOf(before), partsOf(after)]
  if (!one || !other) return [{ path, before, after }]
  const names = new Set([...Object.keys(one.parts), ...Object.keys(other.parts)])
  const inside = [...names].flatMap((name) => propertyChanges(one.parts[name], other.parts[name], [...path, name]))
  const orders = [commonOrder(one, other), commonOrder(other, one)] as const
  if (isDeepStrictEqual(...orders)) return inside
  return [...inside, { path: [...path, orderOfList], before: orders[0], after: orders[1] }]
}

const commonOrder = (of: Comparable, other: Comparable): string[] =>
  of.isList && other.isList ? Object.keys(of.parts).filter((name) => name in other.parts) : []

interface Comparable {
  parts: Parts
  isList: boolean
}

/** What a value is made of by name; undefined where it is a whole. */
function partsOf(value: DefinitionValue | undefined): Comparable | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return { parts: value, isList: false }
  const named = value.map((item) => [nameOf(item), item] as const)
  const names = new Set(named.map(([name]) => name))
  if (value.length === 0 || names.has(undefined) || names.size < value.length) return undefined
  // A property that looks like a number would lose its place.
  if ([...names].some((name) => /^\d+$/.test(name!))) return undefined
  return { parts: Object.fromEntries(named) as Parts, isList: true }
}

function nameOf(item: DefinitionValue): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined
  const name = item.key ?? item.value
  return typeof name === 'string' ? name : undefined
}

export interface Merge {
  state: DefinitionValue | undefined
  /** Paths that have been changed since in another way: they stay as they are. */
  conflicts: string[][]
}

/**
 * Takes the change from `before` to `after` back in what has become of it: parts that are still as the change left them
 * get what they had before, and parts that the change did not touch stay.
 */
export function takeBack(
  current: DefinitionValue | undefined,
  before: DefinitionValue | undefined,
  after: DefinitionValue | undefined,
  path: string[] = [],
): Merge {
  if (isDeepStrictEqual(current, after)) return { state: before, conflicts: [] }
  if (isDeepStrictEqual(before, after) || isDeepStrictEqual(current, before)) return { state: current, conflicts: [] }
  const [mine, old, changed] = [partsOf(current), partsOf(before), partsOf(after)]
  if (!mine || !old || !changed) return { state: current, conflicts: [path] }
  const names = [...new Set([...Object.keys(mine.parts), ...Object.keys(old.parts), ...Object.keys(changed.parts)])]
  const merged = names.map((name) => {
    const { state, conflicts } = takeBack(mine.parts[name], old.parts[name], changed.parts[name], [...path, name])
    return { name, state, conflicts }
  })
  const conflicts = merged.flatMap((part) => part.conflicts)
  const parts = Object.fromEntries(merged.flatMap(({ name, state }) => (state === undefined ? [] : [[name, state]])))
  if (!mine.isList) return { state: parts, conflicts }
  const wasReordered = !isDeepStrictEqual(commonOrder(old, changed), commonOrder(changed, old))
  const leading = wasReordered ? old : mine
  const order = inOrderOf(
    Object.keys(parts),
    Object.keys(leading.parts),
    Object.keys((wasReordered ? mine : old).parts),
  )
  return { state: order.map((name) => parts[name]!), conflicts }
}

/** The names in the order of the first list; those that are not in it stand behind their neighbour in the second. */
function inOrderOf(names: string[], leading: string[], other: string[]): string[] {
  const ordered = leading.filter((name) => names.includes(name))
  for (const name of names) {
    if (ordered.includes(name)) continue
    const earlier = other.slice(0, Math.max(0, other.indexOf(name))).filter((one) => ordered.includes(one))
    ordered.splice(earlier.length > 0 ? ordered.indexOf(earlier.at(-1)!) + 1 : 0, 0, name)
  }
  return ordered
}
