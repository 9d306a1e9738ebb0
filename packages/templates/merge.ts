/**
 * Three-way merge of definitions: what both had (`base`), what the workspace made of it (`mine`), what the template has
 * become (`theirs`). Lists of things with a name (`key`, `slug`, `value`) are merged thing by thing.
 */
import { isDeepStrictEqual } from 'node:util'

export type Json = null | boolean | number | string | Json[] | { [property: string]: Json | undefined }
export type Side = 'mine' | 'theirs'

export interface Conflict {
  /** `objects.patients.fields.phone.label.en`: names of things and of properties. */
  id: string
  path: string[]
  base: Json | undefined
  mine: Json | undefined
  theirs: Json | undefined
  decision: Side
}

export interface Merged<T> {
  value: T
  conflicts: Conflict[]
}

/**
 * Keeps every change of `mine`, takes over what only `theirs` changed, and leaves what both changed to `decisions` (by
 * the conflict's id; `mine` unless said). What `mine` has deleted stays deleted.
 *
 * @example
 * merge({ label: 'Phone' }, { label: 'Mobile' }, { label: 'Phone', unique: true }).value
 * // { label: 'Mobile', unique: true }
 */
export function merge<T>(base: T | undefined, mine: T, theirs: T, decisions: Record<string, Side> = {}): Merged<T> {
  const conflicts: Conflict[] = []
  const value = mergeAt(base as Json, mine as Json, theirs as Json, {
    path: [],
    isThing: false,
    decide(path, sides) {
      const id = path.join('.')
      const decision = Object.hasOwn(decisions, id) && decisions[id] === 'theirs' ? 'theirs' : 'mine'
      conflicts.push({ id, path, ...sides, decision })
      return sides[decision]
    },
  })
  return { value: value as T, conflicts }
}

interface Place {
  path: string[]
  /** Whether it is an item of a list of things. */
  isThing: boolean
  decide(path: string[], sides: Record<'base' | Side, Json | undefined>): Json | undefined
}

function mergeAt(
  base: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  place: Place,
): Json | undefined {
  if (isDeepStrictEqual(mine, theirs) || isDeepStrictEqual(theirs, base)) return mine
  if (isDeepStrictEqual(mine, base)) return theirs
  if (mine === undefined && base !== undefined) return undefined
  const isWhole = place.isThing ? isAnotherThing(base, mine, theirs) : wholes.has(place.path.at(-1) ?? '')
  const [one, other] = [partsOf(mine, theirs), partsOf(theirs, mine)]
  const old = base === undefined ? { parts: {}, isList: one?.isList } : partsOf(base, mine)
  const isAlike = one && other && old && one.isList === other.isList && one.isList === old.isList
  if (isWhole || !isAlike) return place.decide(place.path, { base, mine, theirs })
  const names = new Set([...Object.keys(other.parts), ...Object.keys(one.parts)])
  const parts = new Map<string, Json>()
  for (const name of names) {
    const part = mergeAt(own(old.parts, name), own(one.parts, name), own(other.parts, name), {
      ...place,
      path: [...place.path, name],
      isThing: one.isList,
    })
    if (part !== undefined) parts.set(name, part)
  }
  if (!one.isList) return Object.fromEntries(parts)
  return orderOf(parts, Object.keys(old.parts), Object.keys(one.parts), Object.keys(other.parts)).map(
    (name) => parts.get(name)!,
  )
}

/** Parts that make sense together only: conditions, formulas, numbers, places on a grid. */
const wholes = new Set(
  'filter when check condition visible readOnly required trigger actions default numbering computed position measure groupBy create read update delete export import assign'.split(
    ' ',
  ),
)

/** Things of the same name that are not the same: of different types, or made independently of one another. */
function isAnotherThing(base: Json | undefined, mine: Json | undefined, theirs: Json | undefined): boolean {
  const types = [base, mine, theirs].map((side) => (isObject(side) ? side.type : undefined))
  return base === undefined || types.some((type) => !isDeepStrictEqual(type, types[0]))
}

const isObject = (value: Json | undefined): value is { [property: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (parts: Parts, name: string): Json | undefined => (Object.hasOwn(parts, name) ? parts[name] : undefined)

type Parts = { [name: string]: Json | undefined }

/** What a value is made of by name; undefined where it is a whole. An empty list is what the other side is. */
function partsOf(value: Json | undefined, other: Json | undefined): { parts: Parts; isList: boolean } | undefined {
  if (isObject(value)) return { parts: value, isList: false }
  if (!Array.isArray(value)) return undefined
  if (value.length === 0) return namesOf(other) ? { parts: {}, isList: true } : undefined
  const names = namesOf(value)
  return names && { parts: Object.fromEntries(names.map((name, index) => [name, value[index]])), isList: true }
}

/** Names of the things of a list; undefined where some have none, share one, or look like numbers (which lose their place). */
function namesOf(list: Json | undefined): string[] | undefined {
  if (!Array.isArray(list)) return undefined
  const names = list.map(nameOf)
  const areNames = names.every((name): name is string => name !== undefined && !/^\d+$/.test(name))
  return areNames && new Set(names).size === names.length ? names : undefined
}

export function nameOf(item: Json): string | undefined {
  if (!isObject(item)) return undefined
  const name = item.key ?? item.slug ?? item.value
  return typeof name === 'string' ? name : undefined
}

/** The order of whoever moved things, the workspace first; what stands only on the other side comes behind its neighbour. */
function orderOf(parts: Map<string, Json>, base: string[], mine: string[], theirs: string[]): string[] {
  const both = (names: string[], others: string[]) => names.filter((name) => others.includes(name))
  const wasMoved = !isDeepStrictEqual(both(mine, base), both(base, mine))
  const [leading, other] = wasMoved ? [mine, theirs] : [theirs, mine]
  const ordered = leading.filter((name) => parts.has(name))
  for (const [index, name] of other.entries()) {
    if (!parts.has(name) || ordered.includes(name)) continue
    const before = other.slice(0, index).findLast((one) => ordered.includes(one))
    ordered.splice(before === undefined ? 0 : ordered.indexOf(before) + 1, 0, name)
  }
  return ordered
}
