/** What a template may say of a record, as its merge fields are written. */
import type { ObjectMeta } from '@oneforge/client'

export interface MergeFieldGroup {
  group: string
  items: { value: string; label: string }[]
}

interface MergeFieldWords {
  sender: string
  workspace: string
  name: string
  email: string
}

const unsayable = new Set(['file', 'json', 'relation'])
const isDated = (type: string): boolean => type === 'date' || type === 'datetime'

/**
 * Fields of the object, of what it leads to one of, and of who writes.
 *
 * @param related by the names of relations: objects that are known already.
 */
export function mergeFieldGroups(
  object: ObjectMeta | undefined,
  related: Map<string, ObjectMeta>,
  words: MergeFieldWords,
): MergeFieldGroup[] {
  const own = object ? [{ group: object.label, items: fieldsAt(object, 'record') }] : []
  const further = [...related].map(([key, other]) => ({
    group: `${object!.label} › ${object!.relations.find((one) => one.key === key)?.label ?? key}`,
    items: fieldsAt(other, `record.${key}`),
  }))
  const sender = {
    group: words.sender,
    items: [
      { value: '{{ user.name }}', label: words.name },
      { value: '{{ user.email }}', label: words.email },
      { value: '{{ tenant.name }}', label: words.workspace },
    ],
  }
  return [...own, ...further, sender]
}

const fieldsAt = ({ fields }: ObjectMeta, way: string) =>
  fields
    .filter(({ type }) => !unsayable.has(type))
    .map(({ key, label, type }) => ({ value: `{{ ${way}.${key}${isDated(type) ? ' | date' : ''} }}`, label }))

/** The relations that lead to one record of one object: their fields can be said. */
export const soleRelations = (object: ObjectMeta | undefined) =>
  (object?.relations ?? []).filter(({ many, objects }) => !many && objects.length <= 1)

/** How people call what merge fields read, by its way: `doctor.full_name` is «Doctor › Full name». */
export function mergeFieldNames(
  object: ObjectMeta | undefined,
  related: Map<string, ObjectMeta>,
  words: MergeFieldWords,
): Map<string, string> {
  const relations = (object?.relations ?? []).map(({ key, label }) => [key, label] as const)
  const labels = new Map(relations)
  const further = [...related].flatMap(([relation, { fields }]) =>
    fields.map(({ key, label }) => [`${relation}.${key}`, `${labels.get(relation) ?? relation} › ${label}`] as const),
  )
  return new Map([
    ['user.name', `${words.sender} › ${words.name}`],
    ['user.email', `${words.sender} › ${words.email}`],
    ['tenant.name', words.workspace],
    ...relations,
    ...(object?.fields ?? []).map(({ key, label }) => [key, label] as const),
    ...further,
  ])
}

/**
 * The text as people read it: `Thank you, {{ record.full_name }}` is «Thank you, ‹Full name›».
 *
 * @param nameOf of a way; what the record holds begins without `record`.
 */
export const withNamedFields = (text: string, nameOf: (path: string) => string): string =>
  text.replace(/\{\{-?\s*(?:record\.)?([\w.]+)[^}]*\}\}/g, (_, path: string) => `‹${nameOf(path)}›`)
