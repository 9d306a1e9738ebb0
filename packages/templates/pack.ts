/**
 * Packs: objects that every trade has, such as tasks and calls. They are templates of no industry, which lie under the
 * one that a workspace chooses, and can be added to a workspace that lives.
 */
import type { FieldDefinition, ObjectDefinition, ObjectGrant, RoleDefinition } from '@oneforge/kernel/metadata'
import type { Shape } from './shape.ts'
import { loadPacks } from './shipped.ts'
import type { Template } from './template.ts'

export const isPack = (slug: string): boolean => loadPacks().some((pack) => pack.slug === slug)

/** The packs that a template lacks: one that brings such activities itself keeps its own. */
export function packsFor({ objects }: Pick<Template, 'objects'>): Template[] {
  const brought = new Set(objects.flatMap(({ activity }) => activity ?? []))
  return loadPacks().filter((pack) => !pack.objects.some(({ activity }) => activity && brought.has(activity)))
}

/**
 * The pack as it fits a workspace or a template: each of its roles gets what its kind of role is granted, and free texts
 * are protected where anything is.
 */
export function fittedTo(pack: Template, { objects, roles }: Pick<Shape, 'objects' | 'roles'>): Template {
  const isProtected = objects.some(({ fields }) => fields.some(({ phi }) => phi))
  return {
    ...pack,
    objects: isProtected ? pack.objects.map(withProtectedTexts) : pack.objects,
    roles: roles.flatMap((role) => {
      const granted = grantsFor(pack, role)
      const { key, label, description } = role
      return granted ? [{ key, label, ...(description ? { description } : {}), objects: granted }] : []
    }),
  }
}

/** `owner` stands for those who administer people, `staff` for those who write something, `reader` for all others. */
function grantsFor(pack: Template, { admin, objects }: RoleDefinition): Record<string, ObjectGrant> | undefined {
  const everywhere = objects['*']
  const kind = admin?.some((one) => one === '*' || one === 'users') ? 'owner' : writes(objects) ? 'staff' : 'reader'
  // What these may do with every object they may do with these.
  if (everywhere && kind !== 'staff') return undefined
  return pack.roles.find(({ key }) => key === kind)?.objects
}

const writes = (objects: RoleDefinition['objects']): boolean =>
  Object.values(objects).some(({ create, update }) => create !== undefined || update !== undefined)

const freeTexts = new Set<FieldDefinition['type']>(['text', 'longtext', 'tags', 'checklist'])

/** Whatever people write about a protected record may say what is protected; rules of recurrence do not. */
function withProtectedTexts(object: ObjectDefinition): ObjectDefinition {
  const fields = object.fields.map((field) =>
    freeTexts.has(field.type) && !field.rules?.pattern ? { ...field, phi: true } : field,
  )
  return { ...object, fields }
}
