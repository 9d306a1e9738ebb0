import type { Catalogue } from './catalogue.ts'
import type { Report } from './problem.ts'
import { suggestion } from './suggestion.ts'

/** Relations point to objects that exist, and their names on the other side are free there. */
export function checkRelations(catalogue: Catalogue, report: Report): void {
  const inverses = new Map<string, string>()
  for (const { definition, path } of catalogue.values()) {
    for (const [index, field] of definition.fields.entries()) {
      if (!field.relation) continue
      const { object, others = [], inverse } = field.relation
      const relationPath = `${path}.fields[${index}].relation`
      const paths = [`${relationPath}.object`, ...others.map((_, at) => `${relationPath}.others[${at}]`)]
      for (const [at, target] of [object, ...others].entries()) {
        const found = catalogue.get(target)
        if (!found) {
          const known = suggestion(target, catalogue.keys())
          report(paths[at]!, `"${target}" is not an object of this template${known}`)
          continue
        }
        const name = `${target}.${inverse.key}`
        const taken = found.attributes.has(inverse.key) ? `a field of "${target}"` : inverses.get(name)
        if (taken) report(`${relationPath}.inverse.key`, `"${inverse.key}" is already ${taken}; give it another name`)
        inverses.set(name, `how "${target}" calls the relation "${definition.slug}.${field.key}"`)
      }
    }
  }
}
