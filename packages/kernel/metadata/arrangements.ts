/**
 * How pages are arranged: which objects the navigation shows under which headings, and in which sections an object's
 * fields stand; for everybody, and for the holders of single roles. Objects and fields are named by their ids, so that
 * another name changes nothing here. What an arrangement does not name comes where the metadata itself puts it.
 */
import type { LocalizedText } from './option-definition.ts'

/** A group of the navigation as it is stored. */
export interface NavigationGroup {
  /** Unique in the arrangement. */
  key: string
  /** Without one its objects stand under no heading. */
  label?: LocalizedText
  /** Name of a Tabler icon in kebab-case. */
  icon?: string
  /** Ids of objects. */
  objects: string[]
}

export interface NavigationArrangement {
  groups: NavigationGroup[]
  /** Ids of objects that stay out of the navigation; whoever may see them still finds them. */
  hidden: string[]
}

/** A section of forms and record pages as it is stored. */
export interface LayoutSection {
  /** Unique in the arrangement. */
  key: string
  label?: LocalizedText
  columns: 1 | 2
  collapsed?: boolean
  /** Ids of fields. */
  fields: string[]
}

export interface LayoutArrangement {
  sections: LayoutSection[]
}

/** One arrangement for everybody, and others for the holders of a role, by its id. */
export interface Arrangements<T> {
  everybody?: T
  roles?: Record<string, T>
}

/** What arranging needs to know of the things that are arranged. */
interface Arranged {
  id: string
}

interface RoleIds {
  roles: Map<string, { id: string }>
}

/** Of somebody's roles the first one, in the order of the roles, that has an arrangement of its own; else everybody's. */
export function arrangementFor<T>(
  { roles }: RoleIds,
  arrangements: Arrangements<T> | undefined,
  roleKeys: string[],
): T | undefined {
  for (const [key, { id }] of roles) {
    const own = roleKeys.includes(key) ? arrangements?.roles?.[id] : undefined
    if (own) return own
  }
  return arrangements?.everybody
}

export interface PlacedGroup<Thing> {
  key: string
  label?: LocalizedText
  icon?: string
  objects: Thing[]
}

/** An object as far as the navigation needs it. */
export interface NavigableObject extends Arranged {
  group?: LocalizedText
}

/** Every object in its group, or among the hidden ones; objects that came later stand with others of their group. */
export function navigationOf<Thing extends NavigableObject>(
  objects: Thing[],
  arrangement: NavigationArrangement | undefined,
): { groups: PlacedGroup<Thing>[]; hidden: Thing[] } {
  const byId = new Map(objects.map((object) => [object.id, object]))
  const pick = (ids: string[]) => ids.flatMap((id) => byId.get(id) ?? [])
  const groups = (arrangement?.groups ?? []).map((group) => ({ ...group, objects: pick(group.objects) }))
  const hidden = pick(arrangement?.hidden ?? [])
  const placed = new Set([...groups.flatMap((group) => group.objects), ...hidden])
  for (const object of objects.filter((one) => !placed.has(one))) {
    const label = object.group
    const known = groups.find((group) => group.label?.en === label?.en)
    if (known) known.objects.push(object)
    else groups.push({ key: freeKey(label, groups), ...(label ? { label } : {}), objects: [object] })
  }
  return { groups, hidden }
}

export interface PlacedSection<Thing> {
  key: string
  label?: LocalizedText
  columns: 1 | 2
  collapsed: boolean
  fields: Thing[]
}

/** A field as far as the layout needs it. */
export interface LaidOutField extends Arranged {
  section?: LocalizedText
}

/** Every field in its section; fields that came later stand with others of their heading. */
export function layoutOf<Thing extends LaidOutField>(
  fields: Thing[],
  arrangement: LayoutArrangement | undefined,
): PlacedSection<Thing>[] {
  const byId = new Map(fields.map((field) => [field.id, field]))
  const sections: PlacedSection<Thing>[] = (arrangement?.sections ?? []).map(({ collapsed = false, ...section }) => ({
    ...section,
    collapsed,
    fields: section.fields.flatMap((id) => byId.get(id) ?? []),
  }))
  const placed = new Set(sections.flatMap((section) => section.fields))
  for (const field of fields.filter((one) => !placed.has(one))) {
    const label = field.section
    const known = sections.find((section) => section.label?.en === label?.en)
    if (known) known.fields.push(field)
    else {
      const own = { key: freeKey(label, sections), ...(label ? { label } : {}) }
      sections.push({ ...own, columns: 2, collapsed: false, fields: [field] })
    }
  }
  return sections
}

/** `Patient care` → `patient_care`; `main` for what has no heading. */
function freeKey(label: LocalizedText | undefined, taken: { key: string }[]): string {
  const words = label?.en.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_') ?? ''
  const key = words.replaceAll(/^[^a-z]+|_+$/g, '').slice(0, 50) || 'main'
  const keys = new Set(taken.map((one) => one.key))
  if (!keys.has(key)) return key
  for (let number = 2; ; number++) if (!keys.has(`${key}_${number}`)) return `${key}_${number}`
}
