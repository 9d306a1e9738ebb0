/**
 * Names that look over relations: `company.owner_company.name`. Each name but the last is a relation of the object before
 * it, or, after a relation to several objects, the slug of the one that is meant.
 */
import type { FieldMeta, ObjectMeta, RelationMeta } from '@oneforge/client'
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { plainField } from '../../fields/plainField.ts'

/** What can be looked at from where: over how many relations, and whether also over those that other objects hold. */
export interface Ways {
  object: ObjectMeta
  hops: number
  /** Only over relations that are fields of the object itself. */
  ownOnly?: boolean
  /** Only over relations to one record. */
  toOne?: boolean
}

/** Names of the relations with which a way may begin. */
export function relationsOf(ways: Ways | undefined): string[] {
  return ways?.object.relations.map(({ key }) => key) ?? []
}

/** A place on the way where a name is chosen. */
export interface Stop {
  /** What was chosen; '' while nothing is. */
  name: string
  /** Whose fields and relations there are to choose from; undefined until it is known, or where `objects` are. */
  object: ObjectMeta | undefined
  /** The relation before leads to several objects: one of them is chosen. */
  objects: string[] | undefined
  /** Over how many relations one has come. */
  hops: number
}

export interface Way {
  stops: Stop[]
  /** The field at the end; undefined while it is not known, or not chosen. */
  field: FieldMeta | undefined
  /** Names for people, of each step. */
  labels: string[]
}

/** How the title of records of several objects is called. */
const sharedTitle = 'title'

/** A relation from the other side, as something that can be asked for. */
export function relationField(relation: RelationMeta): FieldMeta {
  const { key, label, object, objects, many, inverse, onDelete, attributes, primary } = relation
  const target = { object, others: objects.filter((slug) => slug !== object), many, onDelete, attributes, primary }
  return plainField(key, 'relation', label, {
    access: 'read',
    relation: { ...target, inverse: { key: inverse, label: '', many: true } },
  })
}

/** Follows the names as far as the objects on the way are known; `missing` is the first that is not. */
export function walk(
  start: ObjectMeta,
  own: FieldMeta[],
  path: string,
  objectOf: (slug: string) => ObjectMeta | undefined,
): Way & { missing: string | undefined } {
  const way: Way & { missing: string | undefined } = { stops: [], field: undefined, labels: [], missing: undefined }
  let at: ObjectMeta | undefined = start
  let choices: string[] | undefined
  let hops = 0
  for (const [index, name] of path.split('.').entries()) {
    way.field = undefined
    way.stops.push({ name, object: at, objects: choices, hops })
    if (choices) {
      const chosen: string | undefined = choices.find((slug) => slug === name)
      choices = undefined
      if (name === sharedTitle && !chosen) way.field = plainField(sharedTitle, 'text', sharedTitle, { access: 'read' })
      if (!chosen) return way
      at = objectOf(chosen)
      if (at) way.labels.push(at.labelPlural)
      else return { ...way, missing: chosen }
      continue
    }
    const relation: RelationMeta | undefined = at?.relations.find(({ key }) => key === name)
    const fields: FieldMeta[] = index === 0 ? own : (at?.fields ?? [])
    way.field = fields.find(({ key }) => key === name) ?? (relation && relationField(relation))
    if (way.field) way.labels.push(way.field.label)
    if (!relation) return way
    hops += 1
    choices = relation.objects.length > 1 ? relation.objects : undefined
    at = choices ? undefined : objectOf(relation.object)
    const goesOn = index < path.split('.').length - 1
    if (goesOn && !at && !choices) {
      way.stops.push({ name: path.split('.')[index + 1] ?? '', object: undefined, objects: undefined, hops })
      return { ...way, field: undefined, missing: relation.object }
    }
  }
  return way
}

/** The ways for several paths, as the objects on them become known. */
export function useWays(start: ObjectMeta | undefined, own: FieldMeta[], paths: string[]): Way[] {
  const cache = useQueryClient()
  const known = (slug: string) => cache.getQueryData<ObjectMeta>(keys.object(slug))
  const along = (path: string) => (start ? walk(start, own, path, known) : undefined)
  const asked = new Set<string>()
  for (const path of paths) {
    const way = along(path)
    for (const slug of way?.stops.flatMap((stop) => stop.object?.slug ?? []) ?? []) asked.add(slug)
    if (way?.missing) asked.add(way.missing)
  }
  // Asking for what is missing draws this anew once it is here, and the way is followed on.
  useQueries({
    queries: [...asked].map((slug) => ({
      queryKey: keys.object(slug),
      queryFn: () => client.objects.get(slug),
      staleTime: 5 * 60_000,
    })),
  })
  return paths.map((path) => along(path) ?? { stops: [], field: own.find(({ key }) => key === path), labels: [] })
}
