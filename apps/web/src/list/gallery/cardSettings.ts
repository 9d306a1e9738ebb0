/** What the cards of a gallery are made of: a picture, if any, and fields beside the title. */
import type { FieldMeta, ObjectMeta, ViewSettings } from '@oneforge/client'
import type { Column } from '../columns/columnSettings.ts'

/** Fields on a card: of those chosen, and where nobody has chosen. */
export const mostFields = 8
const usualFields = 4

/** Fields whose files may be pictures. */
export function pictureFields(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter(
    ({ type, rules }) => type === 'file' && (!rules?.kinds?.length || rules.kinds.includes('image')),
  )
}

/** The one that the view names; else one that holds pictures alone. '' in the view means none. */
export function pictureField(object: ObjectMeta, { imageField }: ViewSettings): FieldMeta | undefined {
  const fields = pictureFields(object)
  if (imageField !== undefined) return fields.find(({ key }) => key === imageField)
  return fields.find(({ rules }) => rules?.kinds?.join() === 'image')
}

/** Those that the view names, or its first columns but for the title. */
export function cardFields(fields: FieldMeta[], columns: Column[], { cardFields: named }: ViewSettings): FieldMeta[] {
  if (!named) return columns.slice(1, 1 + usualFields).map(({ field }) => field)
  return named.flatMap((key) => fields.find((field) => field.key === key) ?? []).slice(0, mostFields)
}
