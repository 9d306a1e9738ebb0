/** What references are, and how they are found in the parts that definitions are made of: names, filters, formulas, texts. */
import type { CompiledObject, MetadataState, VersionedKind } from '@oneforge/kernel/metadata'

/** What becomes of a reference whose thing goes: taken out, left without a value, or a right that is given no more. */
export type Mend = 'takenOut' | 'withoutValue' | 'withdrawn' | 'none'

export interface Reference {
  /** Whose names the path begins with. */
  base: CompiledObject
  /** `company.name`; empty where it names the object itself. */
  path: string
  /** The part of the definition: `columns`, `rules.discharge`. */
  where: string
  /** What a condition compares with. */
  values?: unknown[]
  mend: Mend
  /** Takes it out of the definition, as `mend` says. */
  remove(): void
  /** Writes another path, or for an object another slug, in its place. */
  replace(path: string): void
}

/** A definition that may name others; the references change it in place. */
export interface Thing {
  kind: VersionedKind
  id: string
  state: MetadataState
  /** A view of somebody's own. */
  isPrivate: boolean
}

export type Node = { [part: string]: unknown }
export type Visit = (reference: Omit<Reference, 'mend'> & { mend?: Mend }) => void

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** One name, or a list of them, standing in a part of a definition. */
export function inNames(holder: Node, part: string, base: CompiledObject, where: string, visit: Visit): void {
  const value = holder[part]
  if (typeof value === 'string') {
    const sign = value.startsWith('-') ? '-' : ''
    visit({
      base,
      path: value.slice(sign.length),
      where,
      remove: () => delete holder[part],
      replace: (path) => {
        holder[part] = sign + path
      },
    })
  }
  for (const item of listOf(value)) {
    if (typeof item !== 'string') continue
    const list = value as string[]
    const sign = item.startsWith('-') ? '-' : ''
    let standing = item
    visit({
      base,
      path: item.slice(sign.length),
      where,
      remove: () => list.splice(list.indexOf(standing), 1),
      replace: (path) => {
        list[list.indexOf(standing)] = sign + path
        standing = sign + path
      },
    })
  }
}

/** The conditions of a filter; one that goes takes along what would be left empty. */
export function inFilter(
  holder: Node,
  part: string,
  base: CompiledObject,
  where: string,
  visit: Visit,
  onRemove?: () => void,
) {
  const removeAll = onRemove ?? (() => delete holder[part])
  filterNode(holder[part], base, where, visit, removeAll)
}

function filterNode(node: unknown, base: CompiledObject, where: string, visit: Visit, remove: () => void): void {
  if (!isNode(node)) return
  if (typeof node.field === 'string') {
    const values = Array.isArray(node.value) ? node.value : [node.value]
    visit({
      base,
      path: node.field,
      where,
      values,
      remove,
      replace: (path) => {
        node.field = path
      },
    })
    return
  }
  if ('not' in node) filterNode(node.not, base, where, visit, remove)
  for (const word of ['and', 'or']) {
    const list = listOf(node[word])
    for (const inner of [...list]) {
      filterNode(inner, base, where, visit, () => {
        if (list.includes(inner)) list.splice(list.indexOf(inner), 1)
        if (list.length === 0) remove()
      })
    }
  }
}

const quotedOrName = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*/g

/** Names in a formula: all but what is quoted, and functions and methods. */
export function inFormula(
  holder: Node,
  part: string,
  base: CompiledObject,
  where: string,
  visit: Visit,
  remove: () => void,
) {
  const source = holder[part]
  if (typeof source !== 'string') return
  for (const path of new Set(namesIn(source))) {
    visit({
      base,
      path,
      where,
      mend: remove === leaveIt ? 'withoutValue' : 'takenOut',
      remove,
      replace: (name) => {
        holder[part] = renamed(holder[part] as string, path, name)
      },
    })
  }
}

/** For what stays where it is, and leads nowhere. */
export const leaveIt = (): void => {}

function namesIn(source: string): string[] {
  return [...source.matchAll(quotedOrName)].flatMap(({ 0: token, index }) => {
    if (/^["']/.test(token)) return []
    const isCalled = /^\s*\(/.test(source.slice(index + token.length))
    const names = token.split(/\s*\.\s*/)
    const path = isCalled ? names.slice(0, -1) : names
    return path.length > 0 ? [path.join('.')] : []
  })
}

const renamed = (source: string, from: string, to: string): string =>
  source.replaceAll(quotedOrName, (token) => {
    const plain = token.replaceAll(/\s/g, '')
    if (/^["']/.test(token) || (plain !== from && !plain.startsWith(`${from}.`))) return token
    return to + plain.slice(from.length)
  })

export const dropItem = (holder: Node, part: string, item: unknown): void => {
  holder[part] = listOf(holder[part]).filter((one) => one !== item)
}

/** A property whose name is the reference. */
export function inKeys(
  holder: Node,
  key: string,
  base: CompiledObject,
  path: string,
  where: string,
  visit: Visit,
): void {
  let standing = key
  visit({
    base,
    path,
    where,
    remove: () => delete holder[standing],
    replace: (name) => {
      const entries = Object.entries(holder)
      for (const one of Object.keys(holder)) delete holder[one]
      for (const [one, value] of entries) holder[one === standing ? name : one] = value
      standing = name
    },
  })
}

const merged = /\{[{%].*?[%}]\}/gs

/** What a text is filled with: `{{ record.patient.name }}` of what stands under `root`. */
export function inText(
  { holder, part, root }: { holder: Node; part: string; root: string },
  base: CompiledObject,
  where: string,
  visit: Visit,
): void {
  const named = new RegExp(`\\b${root}\\.([A-Za-z_]\\w*(?:\\.\\w+)*)`, 'g')
  const fields = String(holder[part]).match(merged) ?? []
  for (const path of new Set(fields.flatMap((field) => [...field.matchAll(named)].map(([, found]) => found!)))) {
    const whole = new RegExp(`\\b${root}\\.${path.replaceAll('.', '\\.')}(?![\\w.])`, 'g')
    visit({
      base,
      path,
      where,
      remove: leaveIt,
      replace: (to) => {
        holder[part] = String(holder[part]).replaceAll(merged, (field) => field.replaceAll(whole, `${root}.${to}`))
      },
    })
  }
}

/** The same of a formula. */
export function inRootedFormula(
  { holder, part, root }: { holder: Node; part: string; root: string },
  base: CompiledObject,
  where: string,
  visit: Visit,
): void {
  for (const name of new Set(namesIn(String(holder[part])))) {
    if (!name.startsWith(`${root}.`)) continue
    visit({
      base,
      path: name.slice(root.length + 1),
      where,
      remove: leaveIt,
      replace: (to) => {
        holder[part] = renamed(String(holder[part]), name, `${root}.${to}`)
      },
    })
  }
}
