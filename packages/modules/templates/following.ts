/** What a template brought, under the names that the workspace has given it since. */
import { isDeepStrictEqual } from 'node:util'
import type { Shape } from '@oneforge/templates'
import type { Configuration } from './configuration.store.ts'
import { freeKey } from './configuration.ts'
import { moved, type NewNames, renamed } from './renaming.ts'

/** Ids of what a template brought: `objects.patients`, `objects.patients.fields.phone`, by the template's names. */
export type OriginIds = Record<string, string>

const objectPath = (slug: string): string => `objects.${slug}`
const fieldPath = (slug: string, key: string): string => `objects.${slug}.fields.${key}`

/** Which names of the template are others in the workspace by now. Of what was brought without being noted: none. */
export function namesSince({ objects }: Shape, ids: OriginIds, stored: Configuration): NewNames {
  const objectById = new Map(stored.objects.map((object) => [object.id, object]))
  const fieldById = new Map(stored.fields.map((field) => [field.id, field]))
  const names: NewNames = { objects: new Map(), fields: new Map() }
  for (const { slug, fields } of objects) {
    const object = objectById.get(ids[objectPath(slug)] ?? '')
    if (object && object.slug !== slug) names.objects.set(slug, object.slug)
    for (const { key } of fields) {
      const field = fieldById.get(ids[fieldPath(slug, key)] ?? '')
      if (field && field.key !== key) names.fields.set(`${slug}.${key}`, field.key)
    }
  }
  return names
}

/**
 * The shape under the names of the workspace. What the template itself calls by a name that the workspace gave to
 * another of its things gets a free one.
 */
export function underNames(shape: Shape, names: NewNames): Shape {
  const made = withoutCollisions(shape, names)
  return moved(renamed(shape, made), { objects: names.objects, fields: atSlugs(names.fields, made.objects) })
}

/** Free names for what stands where something else moves to. */
function withoutCollisions({ objects }: Shape, names: NewNames): NewNames {
  const made: NewNames = { objects: new Map(), fields: new Map() }
  const [slugs, wanted] = [new Set(objects.map(({ slug }) => slug)), new Set(names.objects.values())]
  for (const { slug, fields } of objects) {
    if (wanted.has(slug) && !names.objects.has(slug)) {
      made.objects.set(slug, freeKey(`${slug}_2`, union(slugs, wanted)))
    }
    const keys = new Set(fields.map(({ key }) => key))
    const targets = new Set(fields.flatMap(({ key }) => names.fields.get(`${slug}.${key}`) ?? []))
    for (const { key } of fields) {
      if (!targets.has(key) || names.fields.has(`${slug}.${key}`)) continue
      made.fields.set(`${slug}.${key}`, freeKey(`${key}_2`, union(keys, targets)))
    }
  }
  return made
}

const union = (one: Set<string>, other: Set<string>): Set<string> => new Set([...one, ...other])

const atSlugs = (fields: Map<string, string>, slugs: Map<string, string>): Map<string, string> =>
  new Map(
    [...fields].map(([path, to]) => {
      const [slug, key] = path.split('.') as [string, string]
      return [`${slugs.get(slug) ?? slug}.${key}`, to]
    }),
  )

/** Ids of what the template has in the workspace, once it stands there under these names. */
export function idsOf(template: Shape, standing: Shape, stored: Configuration): OriginIds {
  const ids: OriginIds = {}
  for (const [index, { slug, fields }] of template.objects.entries()) {
    const here = standing.objects[index]!
    const object = stored.objects.find((one) => one.slug === here.slug)
    if (!object) continue
    ids[objectPath(slug)] = object.id
    for (const [place, { key }] of fields.entries()) {
      const name = here.fields[place]!.key
      const field = stored.fields.find((one) => one.object_id === object.id && one.key === name && !one.retired)
      if (field) ids[fieldPath(slug, key)] = field.id
    }
  }
  return ids
}

/**
 * The shape with the types of results that the system found out for formulas which do not say them: knowing them is no
 * change of the workspace's, and not to say them none of the template's.
 */
export function withFoundTypes(shape: Shape, known: Shape): Shape {
  const objects = shape.objects.map((object) => {
    const own = known.objects.find(({ slug }) => slug === object.slug)
    const fields = object.fields.map((field) => {
      const found = own?.fields.find(({ key }) => key === field.key)?.computed
      const { resultType, ...formula } = found ?? {}
      return isDeepStrictEqual(field.computed, formula) ? { ...field, computed: found } : field
    })
    return { ...object, fields }
  })
  return { ...shape, objects }
}
