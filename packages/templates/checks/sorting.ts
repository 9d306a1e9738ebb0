import type { CatalogueEntry } from './catalogue.ts'
import type { Report } from './problem.ts'
import { suggestion } from './suggestion.ts'

const sortableAttributes = ['createdAt', 'updatedAt', 'recordNumber', 'stage', 'ownerId']

/** Sort keys name what is kept in order: fields that are sortable or fill a role, and some system attributes. */
export function checkSort(
  sort: string[] | undefined,
  path: string,
  { definition, attributes }: CatalogueEntry,
  report: Report,
): void {
  const roleFields = Object.values(definition.roles)
  for (const [index, entry] of (sort ?? []).entries()) {
    const key = entry.replace(/^-/, '')
    const attribute = attributes.get(key)
    if (!attribute) {
      report(
        `${path}[${index}]`,
        `"${key}" is not a field of "${definition.slug}"${suggestion(key, attributes.keys())}`,
      )
    } else if (!attribute.field?.sortable && !roleFields.includes(key) && !sortableAttributes.includes(key)) {
      report(`${path}[${index}]`, `"${key}" is not sortable; set "sortable": true on the field or sort by another`)
    }
  }
}
