/** What another shape of the workspace means, in the words of whoever reads it. */

import { isDeepStrictEqual } from 'node:util'
import { newId } from '@oneforge/kernel/database'
import { inLocale, type LocalizedText, type MetadataChange, type MetadataState } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type Conflict, type Json, nameOf, type Shape } from '@oneforge/templates'
import { type PresentedChange, presentChanges, propertyName, readerOf } from '../customization/index.ts'
import type { Configuration } from './configuration.store.ts'

/** The changes between two shapes; what comes or goes with an object is not told one by one. */
export async function presentDifference(
  context: OperationContext,
  stored: Configuration,
  mine: Shape,
  wanted: Shape,
): Promise<PresentedChange[]> {
  const reader = await readerOf(context)
  const ids = new Map(stored.objects.map(({ slug, id }) => [slug, id]))
  for (const { slug, labelPlural } of wanted.objects) {
    if (ids.has(slug)) continue
    const id = newId()
    ids.set(slug, id)
    reader.names.set(id, { slug, label: labelPlural })
  }
  return presentChanges(differences(mine, wanted, ids), reader)
}

type Thing = { key: string } & object

function differences(mine: Shape, wanted: Shape, ids: Map<string, string>): MetadataChange[] {
  const objectsOf = ({ objects }: Shape) =>
    objects.map(({ slug, fields: _fields, views: _views, ...definition }) => ({ ...definition, slug, key: slug }))
  const inside = wanted.objects.flatMap((object) => {
    const old = mine.objects.find(({ slug }) => slug === object.slug)
    const objectId = ids.get(object.slug)!
    if (!old) return []
    return [
      ...changesOf('field', old.fields, object.fields, { object_id: objectId }),
      ...changesOf('view', old.views ?? [], object.views ?? [], { object_id: objectId }),
    ]
  })
  return [
    ...changesOf('object', objectsOf(mine), objectsOf(wanted), {}, ids),
    ...inside,
    ...changesOf('role', mine.roles, wanted.roles),
    ...changesOf('workflow', mine.workflows, wanted.workflows),
    ...changesOf('dashboard', mine.dashboards, wanted.dashboards),
  ]
}

function changesOf(
  kind: MetadataChange['kind'],
  before: Thing[],
  after: Thing[],
  columns: MetadataState = {},
  ids?: Map<string, string>,
): MetadataChange[] {
  const state = (thing: Thing | undefined): MetadataState | null => {
    if (!thing) return null
    const { key, ...definition } = thing
    return { ...columns, [kind === 'object' ? 'slug' : 'key']: key, definition: definition as MetadataState }
  }
  const keys = new Set([...before, ...after].map(({ key }) => key))
  return [...keys].flatMap((key) => {
    const [old, fresh] = [before, after].map((list) => list.find((thing) => thing.key === key))
    if (isDeepStrictEqual(old, fresh)) return []
    return [{ kind, id: ids?.get(key) ?? newId(), before: state(old), after: state(fresh) }]
  })
}

export interface PresentedConflict extends Omit<Conflict, 'path'> {
  label: string
}

/** `Patients › Phone › label › en`, with the three values. */
export const presentConflicts = (conflicts: Conflict[], shapes: Shape[], locale: string): PresentedConflict[] =>
  conflicts.map(({ path, base, mine, theirs, ...rest }) => ({
    ...rest,
    label: labelOf(path, shapes as unknown as Json[], locale),
    base: base ?? null,
    mine: mine ?? null,
    theirs: theirs ?? null,
  }))

/** Lists whose items say by themselves what they are. */
const unspoken = new Set(['objects', 'fields', 'options', 'stages', 'widgets', 'attributes'])

function labelOf(path: string[], shapes: Json[], locale: string): string {
  let places: (Json | undefined)[] = shapes
  const words = path.flatMap((name, index) => {
    const wasList = places.some(Array.isArray)
    places = places.map((place) => inside(place, name))
    if (wasList) return [labelOfThing(places.find(isThing), locale) ?? name]
    if (index < path.length - 1 && unspoken.has(name)) return []
    return [propertyName([name], locale)]
  })
  return words.join(' › ')
}

const isThing = (value: Json | undefined): value is { [property: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function inside(place: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(place)) return place.find((item) => nameOf(item) === name)
  return isThing(place) && Object.hasOwn(place, name) ? place[name] : undefined
}

function labelOfThing(thing: Json | undefined, locale: string): string | undefined {
  if (!isThing(thing)) return undefined
  const text = thing.labelPlural ?? thing.label ?? thing.title
  return isThing(text) ? inLocale(text as LocalizedText, locale) : undefined
}
