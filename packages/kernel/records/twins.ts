/** Values of fields in a second type, kept in step with the first: what a field is to become, or was before. */
import type { CompiledObject, FieldDefinition } from '../metadata/index.ts'
import { convertValue, type StoredValue, type ValueField } from '../metadata/values/index.ts'
import { type RecordContext, valueContext } from './context.ts'
import type { RecordData } from './project.ts'

/** A definition as far as values need it. */
export const valueFieldOf = (definition: Omit<FieldDefinition, 'key' | 'twin'>): ValueField => ({
  ...definition,
  optionByValue: new Map((definition.options ?? []).map((option) => [option.value, option])),
})

/** The values with those of twins, wherever the change is about their field. */
export function withTwins(
  context: Pick<RecordContext, 'model' | 'now'>,
  object: CompiledObject,
  data: RecordData,
  changes: Record<string, unknown>,
): RecordData {
  const concerned = object.fields.filter(({ key, twin }) => twin && key in changes)
  if (concerned.length === 0) return data
  const result = { ...data }
  for (const field of concerned) {
    const { definition } = field.twin!
    const name = twinName(object, definition)
    const value = twinValue(context, field, definition, data[field.key])
    if (value === undefined) delete result[name]
    else result[name] = value
  }
  return result
}

/** What the twin's values are called among those by the names of fields. */
const twinName = (object: CompiledObject, { storedAs }: { storedAs?: string }): string =>
  object.storedNames?.ofStored.get(storedAs!) ?? storedAs!

/** The value in the twin's type; undefined where it has none there. */
export function twinValue(
  context: Pick<RecordContext, 'model' | 'now'>,
  field: ValueField,
  twin: Omit<FieldDefinition, 'key' | 'twin'>,
  value: StoredValue | undefined,
): StoredValue | undefined {
  if (value === undefined) return undefined
  const converted = convertValue(field, valueFieldOf(twin), value, {
    ...valueContext(context),
    locale: context.model.locale,
  })
  return converted.ok ? (converted.value ?? undefined) : undefined
}
