/**
 * Under which key a field's values stand in the records. It is the field's own unless the field got another name, or
 * another type, without its million records being written anew: then `storedAs` says it.
 */
import type { FieldDefinition } from './definition.ts'

export const storedKey = ({ key, storedAs }: Pick<FieldDefinition, 'key' | 'storedAs'>): string => storedAs ?? key

/** How the names of fields and those of their values differ, in both directions; each name has exactly one other. */
export interface StoredNames {
  ofField: Map<string, string>
  ofStored: Map<string, string>
}

/**
 * Undefined where all fields are stored under their own keys. Names that are no field's (values kept from before) swap
 * places with those that fields took, so that nothing is lost on the way through.
 */
export function storedNames(fields: Pick<FieldDefinition, 'key' | 'storedAs'>[]): StoredNames | undefined {
  const ofField = new Map(fields.map((field) => [field.key, storedKey(field)]))
  if ([...ofField].every(([key, stored]) => key === stored)) return undefined
  const taken = new Set(ofField.values())
  const homeless = [...ofField.keys()].filter((key) => !taken.has(key)).sort()
  const idle = [...taken].filter((stored) => !ofField.has(stored)).sort()
  for (const [index, name] of idle.entries()) ofField.set(name, homeless[index]!)
  return { ofField, ofStored: new Map([...ofField].map(([key, stored]) => [stored, key])) }
}

interface Named {
  storedNames?: StoredNames | undefined
}

const renamed = <T>(data: Record<string, T>, names: Map<string, string>): Record<string, T> =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [names.get(key) ?? key, value]))

/** Values by the names of their fields, as everything works with them. */
export const fromStored = <T>({ storedNames: names }: Named, data: Record<string, T>): Record<string, T> =>
  names ? renamed(data, names.ofStored) : data

/** Values as they stand in the records. */
export const asStored = <T>({ storedNames: names }: Named, data: Record<string, T>): Record<string, T> =>
  names ? renamed(data, names.ofField) : data
