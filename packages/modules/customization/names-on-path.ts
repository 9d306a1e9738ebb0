/** Which names stand on a path such as `company.owner.name`. */
import { type CompiledObject, namesObject, type TenantModel } from '@oneforge/kernel/metadata'

export interface Name {
  object: CompiledObject
  key: string
  /** Which part of the path it is. */
  index: number
}

/** The names that a path goes over: each relation at its object, and at the end a field. */
export function namesOnPath(model: TenantModel, base: CompiledObject, path: string): Name[] {
  const names: Name[] = []
  let at: CompiledObject | undefined = base
  const parts = path.split('.')
  for (let index = 0; index < parts.length && at; index++) {
    const key: string = parts[index]!
    names.push({ object: at, key, index })
    const relation: CompiledObject['relations'][number] | undefined = at.relation.get(key)
    const next: string | undefined = parts[index + 1]
    if (relation && namesObject(relation, next)) {
      at = model.object.get(next!)
      index += 1
    } else at = relation && model.objectById.get(relation.objectId)
  }
  return names
}
