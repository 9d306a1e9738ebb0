/** Other names for fields and objects: all that refers to them follows in the same transaction, no record is written. */
import { conflict, validationError } from '@oneforge/kernel/errors'
import {
  type CompiledField,
  type CompiledObject,
  loadModel,
  type MetadataState,
  namesObject,
  retiredFields,
  storedKey,
  type TenantModel,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { isSystemAttribute } from '@oneforge/kernel/records'
import { beginChange, objectIn, reservedSlugs } from './customization.service.ts'
import { everyDefinition } from './dependents.store.ts'
import { fieldOf, writeChanged } from './dependents.ts'
import { problemsOf } from './following.ts'
import { namesOnPath } from './names-on-path.ts'
import { copyOf, referencesOf } from './references.ts'

/** The field keeps its values where they stand; the old name goes on to work. */
export async function renameField(context: OperationContext, slug: string, key: string, name: string): Promise<void> {
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const field = fieldOf(object, key)
  if (name === field.key) return
  await requireFreeKey({ ...context, model }, object, field, name)
  const follow = (base: CompiledObject, path: string) => {
    const parts = path.split('.')
    for (const one of namesOnPath(model, base, path)) {
      if (one.object.id === object.id && one.key === field.key) parts[one.index] = name
    }
    return parts.join('.')
  }
  const former = (field.formerKeys ?? []).filter((one) => one !== name)
  await rename(context, model, follow, field.id, {
    column: { key: name },
    definition: { storedAs: storedKey(field), formerKeys: [...former, field.key] },
  })
}

async function requireFreeKey(
  { tx, model }: OperationContext,
  object: CompiledObject,
  field: CompiledField,
  name: string,
): Promise<void> {
  const retired = await retiredFields(tx, model.tenantId, object.id)
  const taken = [...object.fields, ...object.relations, ...retired].map((one) => one.key)
  if (isSystemAttribute(name) || taken.includes(name)) {
    throw validationError([{ field: 'key', message: `“${name}” is already taken in ${object.slug}` }])
  }
  if (field.type === 'autonumber') {
    throw conflict(`“${field.key}” is filled in by the system under its name, which therefore stays. Change its label.`)
  }
}

/** The object keeps its records; its old name goes on to work. */
export async function renameObject(context: OperationContext, slug: string, name: string): Promise<void> {
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  if (name === object.slug) return
  if (reservedSlugs.has(name)) {
    throw validationError([{ field: 'slug', message: `“${name}” is a name of the system; choose another` }])
  }
  if (model.objects.some((one) => one.slug === name)) {
    throw conflict(`There is already an object “${name}”. Choose another slug.`)
  }
  const former = (object.formerSlugs ?? []).filter((one) => one !== name)
  await rename(context, model, (base, path) => withSlug(model, base, path, object, name), object.id, {
    column: { slug: name },
    definition: { formerSlugs: [...former, object.slug] },
  })
}

/** The object's name where it stands alone, and where it says which of several objects a relation leads to. */
function withSlug(
  model: TenantModel,
  base: CompiledObject,
  path: string,
  object: CompiledObject,
  name: string,
): string {
  if (path === '') return base.id === object.id ? name : path
  const parts = path.split('.')
  for (const { object: at, key, index } of namesOnPath(model, base, path)) {
    const relation = at.relation.get(key)
    if (relation && parts[index + 1] === object.slug && namesObject(relation, object.slug)) parts[index + 1] = name
  }
  return parts.join('.')
}

interface NewName {
  column: MetadataState
  definition: MetadataState
}

/** Has every definition follow, and names the thing itself; what cannot follow stops it. */
async function rename(
  context: OperationContext,
  model: TenantModel,
  follow: (base: CompiledObject, path: string) => string,
  id: string,
  { column, definition }: NewName,
): Promise<void> {
  const { tx } = context
  const things = (await everyDefinition(tx, model.tenantId)).map((thing) => ({ ...thing, state: copyOf(thing.state) }))
  for (const thing of things) {
    for (const { base, path, replace } of referencesOf(model, thing)) {
      const next = follow(base, path)
      if (next !== path) replace(next)
    }
    if (thing.id !== id) continue
    Object.assign(thing.state, column)
    Object.assign(thing.state.definition as MetadataState, definition)
  }
  await writeChanged({ ...context, model }, things)
  const after = problemsOf(await loadModel(tx, model.tenantId))
  const broken = after.length > problemsOf(model).length ? after.at(-1) : undefined
  if (broken)
    throw conflict(`“${broken.field}” of ${broken.object} could not follow: it ${broken.message}. Change that first.`)
}
