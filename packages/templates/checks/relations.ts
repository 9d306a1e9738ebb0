import type { Catalogue } from './catalogue.ts'
import type { Report } from './problem.ts'
import { suggestion } from './suggestion.ts'

/** Relations point to objects that exist, and their names on the other side are free there. */
export function checkRelations(catalogue: Catalogue, report: Report): void {
  const inverses = new Map<string, string>()
  for (const { definition, path } of catalogue.values()) {
    for (const [index, field] of definition.fields.entries()) {
      if (!field.relation) continue
      const relationPath = `${path}.fields[${index}].relation`
      const { object, inverse } = field.relation
      const target = catalogue.get(object)
      if (!target) {
        const known = suggestion(object, catalogue.keys())
        report(`${relationPath}.object`, `"${object}" is not an object of this template${known}`)
        continue
      }
      const taken = target.attributes.has(inverse.key)
        ? `a field of "${object}"`
        : inverses.get(`${object}.${inverse.key}`)
      if (taken) report(`${relationPath}.inverse.key`, `"${inverse.key}" is already ${taken}; give it another name`)
      inverses.set(`${object}.${inverse.key}`, `how "${object}" calls the relation "${definition.slug}.${field.key}"`)
    }
  }
}
