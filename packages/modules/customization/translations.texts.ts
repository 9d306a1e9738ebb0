/** Every text of a workspace that people read: found once in all definitions, for listing them and for writing them. */
import type { LocalizedText, MetadataState, TenantModel, VersionedKind } from '@oneforge/kernel/metadata'
import type { Thing } from './references.ts'

type Node = { [part: string]: unknown }

export interface TranslatableText {
  /** `field/patients/status/options/new/label` */
  id: string
  kind: VersionedKind
  object: string | null
  /** Of the field, role or view; the object's slug, or the name of a group or section. */
  key: string
  /** `['options', 'new', 'label']` */
  property: string[]
  /** The same heading may stand at many fields: they are translated as one. */
  places: LocalizedText[]
}

/** Parts without texts for people: values, conditions, and what a field was or is to be. */
const unspoken = new Set(['default', 'twin', 'filter', 'when', 'check', 'conditions', 'computed', 'numbering'])
const localeCode = /^[a-z]{2}(-[A-Z]{2})?$/

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is LocalizedText =>
  isNode(value) &&
  typeof value.en === 'string' &&
  Object.entries(value).every(([code, text]) => localeCode.test(code) && typeof text === 'string')

/** All texts of the things; each `places` is part of the things' states, so that writing to it changes them. */
export function textsOf(model: TenantModel, things: Thing[]): TranslatableText[] {
  const texts = new Map<string, TranslatableText>()
  for (const thing of things.filter(({ isPrivate }) => !isPrivate)) {
    for (const { property, text } of textsOfThing(model, thing)) {
      const named = nameOf(model, thing, property, text)
      const known = texts.get(named.id)
      if (known) known.places.push(text)
      else texts.set(named.id, { ...named, kind: thing.kind, places: [text] })
    }
  }
  return [...texts.values()]
}

interface FoundText {
  property: string[]
  text: LocalizedText
}

function textsOfThing(model: TenantModel, { kind, id, state }: Thing): FoundText[] {
  const roleKeys = new Map([...model.roles.values()].map((role) => [role.id, role.key]))
  const arrangements = {
    ...(state.layout ? { layout: state.layout } : {}),
    ...(state.navigation ? { navigation: state.navigation } : {}),
  }
  const found = [...textsIn(state.definition as Node | undefined, []), ...textsIn(arrangements, [])]
  // The options of a pipeline's field are its stages, which stand at the object.
  const object = model.objectById.get(String(state.object_id))
  const isStageField = kind === 'field' && object?.pipelines.some(({ field }) => object.field.get(field)?.id === id)
  return found
    .filter(({ property }) => !(isStageField && property[0] === 'options'))
    .map(({ property, text }) => ({ text, property: property.map((part) => roleKeys.get(part) ?? part) }))
}

function textsIn(node: Node | undefined, path: string[]): FoundText[] {
  return Object.entries(node ?? {}).flatMap(([part, value]) => {
    if (unspoken.has(part)) return []
    const property = [...path, part]
    if (isText(value)) return [{ property, text: value }]
    if (isNode(value)) return textsIn(value, property)
    if (!Array.isArray(value)) return []
    return value.flatMap((item, index) =>
      isNode(item) ? textsIn(item, [...property, nameIn(item) ?? String(index)]) : [],
    )
  })
}

function nameIn({ key, value }: Node): string | undefined {
  if (typeof key === 'string') return key
  return typeof value === 'string' ? value : undefined
}

function nameOf(
  model: TenantModel,
  { kind, id, state }: Thing,
  property: string[],
  text: LocalizedText,
): Pick<TranslatableText, 'id' | 'object' | 'key' | 'property'> {
  const [first] = property
  if (kind === 'object' && first === 'group') {
    return { id: `group/${text.en}`, object: null, key: text.en, property }
  }
  const slug = kind === 'object' ? String(state.slug) : model.objectById.get(String(state.object_id))?.slug
  if (kind === 'field' && first === 'section') {
    return { id: `section/${slug}/${text.en}`, object: slug ?? null, key: text.en, property }
  }
  const key = String((kind === 'object' ? state.slug : state.key) ?? (kind === 'workspace' ? kind : id))
  const owner = kind === 'object' ? [] : [slug ?? []].flat()
  return { id: [kind, ...owner, key, ...property].join('/'), object: slug ?? null, key, property }
}

/** The workspace itself, whose navigation has texts too. */
export const workspaceThing = (tenantId: string, navigation: unknown): Thing => ({
  kind: 'workspace',
  id: tenantId,
  state: (navigation ? { navigation } : {}) as MetadataState,
  isPrivate: false,
})
