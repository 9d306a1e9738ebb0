/** Telling apart what a template and the workspace both call by the same name. */
import { inLocale, type LocalizedText, type ObjectDefinition, type RoleDefinition } from '@oneforge/kernel/metadata'
import { type Shape, shapeOf } from '@oneforge/templates'
import { freeKey } from './configuration.ts'
import { renamed } from './renaming.ts'

export type Use = 'mine' | 'merge' | 'rename'

/** What is done about a name that both have: keep the workspace's, add the template's to it, or rename the template's. */
export interface Resolution {
  use: Use
  /** The new name of the template's. */
  to?: string
}
export type Resolutions = Record<string, Resolution>

export interface Collision {
  /** `objects.patients`, `objects.deals.fields.status`, `objects.keys.fields.opens.inverse`, `objects.deals.numberPrefix`, `roles.agent`, … */
  id: string
  kind: 'object' | 'field' | 'inverse' | 'numberPrefix' | 'role' | 'workflow' | 'dashboard'
  key: string
  mine: string
  theirs: string
  choices: Use[]
  resolution: Resolution
}

/**
 * All names that the template and the workspace share, each with what is to be done about it: as wished, else a choice
 * that loses nothing.
 */
export function collisionsOf(mine: Shape, template: Shape, wishes: Resolutions, locale: string): Collision[] {
  const found: Collision[] = []
  const label = (text: LocalizedText) => inLocale(text, locale)
  const note = (collision: Omit<Collision, 'resolution'>, fallback: Resolution) => {
    const wish = Object.hasOwn(wishes, collision.id) ? wishes[collision.id]! : fallback
    const use = collision.choices.includes(wish.use) ? wish.use : fallback.use
    const to = use === 'rename' ? { to: wish.to ?? fallback.to } : {}
    found.push({ ...collision, resolution: { use, ...to } })
  }
  const slugs = new Set([...mine.objects, ...template.objects].map(({ slug }) => slug))
  for (const object of template.objects) {
    const known = mine.objects.find(({ slug }) => slug === object.slug)
    if (!known) continue
    const names = { mine: label(known.labelPlural), theirs: label(object.labelPlural) }
    const id = `objects.${object.slug}`
    const to = freeKey(`${object.slug}_2`, slugs)
    note({ id, kind: 'object', key: object.slug, ...names, choices: ['merge', 'mine', 'rename'] }, { use: 'merge', to })
    if (found.at(-1)!.resolution.use === 'merge') fieldCollisions(known, object, label, note)
  }
  for (const kind of ['role', 'workflow', 'dashboard'] as const) {
    const list = `${kind}s` as const
    const keys = new Set([...mine[list], ...template[list]].map(({ key }) => key))
    for (const theirs of template[list]) {
      const known = mine[list].find(({ key }) => key === theirs.key)
      if (!known) continue
      const names = { mine: label(known.label), theirs: label(theirs.label) }
      const choices: Use[] = kind === 'role' ? ['merge', 'mine', 'rename'] : ['rename', 'mine']
      const to = freeKey(`${theirs.key}_2`, keys)
      note({ id: `${list}.${theirs.key}`, kind, key: theirs.key, ...names, choices }, { use: choices[0]!, to })
    }
  }
  const fresh = adapted(template, Object.fromEntries(found.map(({ id, resolution }) => [id, resolution])))
  namesOfNewObjects(mine, fresh, label, note)
  return found
}

type Note = (collision: Omit<Collision, 'resolution'>, fallback: Resolution) => void
type Label = (text: LocalizedText) => string

/** Fields of the same key that are not the same kind of thing; those that are stay the workspace's. */
function fieldCollisions(mine: ObjectDefinition, theirs: ObjectDefinition, label: Label, note: Note): void {
  const keys = new Set([...mine.fields, ...theirs.fields].map(({ key }) => key))
  for (const field of theirs.fields) {
    const known = mine.fields.find(({ key }) => key === field.key)
    if (!known || (known.type === field.type && known.relation?.object === field.relation?.object)) continue
    const id = `objects.${theirs.slug}.fields.${field.key}`
    const names = { mine: `${label(known.label)} (${known.type})`, theirs: `${label(field.label)} (${field.type})` }
    const to = freeKey(`${field.key}_2`, keys)
    note({ id, kind: 'field', key: field.key, ...names, choices: ['mine', 'rename'] }, { use: 'mine', to })
  }
}

/** Prefixes of numbers, and names that relations get at objects of the workspace. */
function namesOfNewObjects(mine: Shape, fresh: Shape, label: Label, note: Note): void {
  const prefixes = new Map(mine.objects.map((object) => [object.numberPrefix, object]))
  for (const object of fresh.objects) {
    const known = prefixes.get(object.numberPrefix)
    if (known && known.slug !== object.slug && !mine.objects.some(({ slug }) => slug === object.slug)) {
      const names = { mine: label(known.labelPlural), theirs: label(object.labelPlural) }
      const to = freePrefix(
        object.numberPrefix,
        new Set([...prefixes.keys(), ...fresh.objects.map((o) => o.numberPrefix)]),
      )
      const id = `objects.${object.slug}.numberPrefix`
      note({ id, kind: 'numberPrefix', key: object.numberPrefix, ...names, choices: ['rename'] }, { use: 'rename', to })
    }
    for (const field of object.fields) inverseCollision(mine, object, field, label, note)
  }
}

function inverseCollision(
  mine: Shape,
  object: ObjectDefinition,
  field: ObjectDefinition['fields'][number],
  label: Label,
  note: Note,
): void {
  const { relation } = field
  if (!relation || mine.objects.find(({ slug }) => slug === object.slug)?.fields.some(({ key }) => key === field.key))
    return
  const targets = [relation.object, ...(relation.others ?? [])]
  const taken = new Set(targets.flatMap((slug) => namesAt(mine, slug)))
  const { key } = relation.inverse
  if (!taken.has(key)) return
  const id = `objects.${object.slug}.fields.${field.key}.inverse`
  const names = { mine: key, theirs: label(relation.inverse.label) }
  note({ id, kind: 'inverse', key, ...names, choices: ['rename'] }, { use: 'rename', to: freeKey(`${key}_2`, taken) })
}

/** Fields of an object and what relations of others are called there. */
const namesAt = (shape: Shape, slug: string): string[] =>
  shape.objects.flatMap((object) => [
    ...(object.slug === slug ? object.fields.map(({ key }) => key) : []),
    ...object.fields.flatMap(({ relation }) =>
      relation && [relation.object, ...(relation.others ?? [])].includes(slug) ? [relation.inverse.key] : [],
    ),
  ])

/** `PAT-` becomes `PAT2-`: six letters and digits at the most. */
function freePrefix(prefix: string, taken: Set<string>): string {
  const letters = prefix.replace(/-$/, '')
  for (let number = 2; ; number++) {
    const free = `${letters.slice(0, 6 - String(number).length)}${number}-`
    if (!taken.has(free)) return free
  }
}

/** What the template brings, in the names that it is given in the workspace and without what the workspace keeps. */
export function adapted(template: Shape, resolutions: Resolutions): Shape {
  const shape = shapeOf(template)
  const of = (id: string) => (Object.hasOwn(resolutions, id) ? resolutions[id] : undefined)
  const kept = (id: string) => of(id)?.use === 'mine'
  const named = (id: string, name: string) => (of(id)?.use === 'rename' ? (of(id)!.to ?? name) : name)
  const fresh = renamed(shape, {
    objects: changed(shape.objects.map(({ slug }) => [slug, named(`objects.${slug}`, slug)])),
    fields: changed(
      shape.objects.flatMap(({ slug, fields }) =>
        fields.map(({ key }) => [`${slug}.${key}`, named(`objects.${slug}.fields.${key}`, key)]),
      ),
    ),
  })
  const keyed = <T extends { key: string }>(list: 'roles' | 'workflows' | 'dashboards', all: T[]): T[] =>
    all
      .filter(({ key }) => !kept(`${list}.${key}`))
      .map((one) => ({ ...one, key: named(`${list}.${one.key}`, one.key) }))
  return {
    currency: shape.currency,
    objects: fresh.objects
      .filter((_, index) => !kept(`objects.${shape.objects[index]!.slug}`))
      .map((object) => withNames(object, (part, name) => named(`objects.${object.slug}.${part}`, name), kept)),
    roles: keyed('roles', fresh.roles) as RoleDefinition[],
    workflows: keyed('workflows', fresh.workflows),
    dashboards: keyed('dashboards', fresh.dashboards).map((dashboard) => ({
      ...dashboard,
      ...(dashboard.roles ? { roles: dashboard.roles.map((key) => named(`roles.${key}`, key)) } : {}),
    })),
  }
}

/** Those that become others: what stays needs no new name. */
const changed = (names: [string, string][]): Map<string, string> =>
  new Map(names.filter(([path, name]) => path.split('.').at(-1) !== name))

function withNames(
  object: ObjectDefinition,
  named: (part: string, name: string) => string,
  kept: (id: string) => boolean,
): ObjectDefinition {
  return {
    ...object,
    numberPrefix: named('numberPrefix', object.numberPrefix),
    fields: object.fields
      .filter(({ key }) => !kept(`objects.${object.slug}.fields.${key}`))
      .map((field) => {
        if (!field.relation) return field
        const { inverse } = field.relation
        const key = named(`fields.${field.key}.inverse`, inverse.key)
        return { ...field, relation: { ...field.relation, inverse: { ...inverse, key } } }
      }),
  }
}
