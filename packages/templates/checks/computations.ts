import type { Computation, FieldDefinition } from '@oneforge/kernel/metadata'
import { type Catalogue, type CatalogueEntry, resolvePath } from './catalogue.ts'
import { checkFilter } from './filters.ts'
import type { Report } from './problem.ts'
import { suggestion } from './suggestion.ts'

/** Formulas have an expression; lookups and rollups go over a relation, from either of its sides, to a field. */
export function checkComputations(entry: CatalogueEntry, catalogue: Catalogue, report: Report): void {
  for (const [index, field] of entry.definition.fields.entries()) {
    if (field.computed)
      checkComputation(field, field.computed, `${entry.path}.fields[${index}].computed`, entry, catalogue, report)
  }
}

function checkComputation(
  field: FieldDefinition,
  computed: Computation,
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
) {
  if (field.type === 'formula') {
    if (!computed.expression) report(`${path}.expression`, 'is missing; a formula needs it')
    return
  }
  if (field.type === 'rollup' && computed.activities) return
  if (computed.relation === undefined)
    return report(`${path}.relation`, `is missing; a ${field.type} runs over a relation`)
  const neighbours = neighboursOf(entry, catalogue)
  const slug = neighbours.get(computed.relation)
  if (slug === undefined) {
    const known = suggestion(computed.relation, neighbours.keys())
    return report(`${path}.relation`, `"${computed.relation}" is not a relation of "${entry.definition.slug}"${known}`)
  }
  const target = catalogue.get(slug)
  if (target) checkOverRelation(field, computed, path, target, catalogue, report)
}

function checkOverRelation(
  field: FieldDefinition,
  computed: Computation,
  path: string,
  target: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
): void {
  if (field.type === 'rollup' && computed.op === undefined) report(`${path}.op`, 'is missing; a rollup needs it')
  if (computed.field === undefined) {
    if (computed.op !== 'count') report(`${path}.field`, 'is missing; only a count does without')
  } else {
    const { problem } = resolvePath(catalogue, target, computed.field)
    if (problem) report(`${path}.field`, problem)
  }
  if (computed.filter !== undefined) checkFilter(computed.filter, `${path}.filter`, target, catalogue, report)
}

/** Names of the relations an object has in either direction, with the object at the other side. */
function neighboursOf({ definition }: CatalogueEntry, catalogue: Catalogue): Map<string, string> {
  const neighbours = new Map<string, string>()
  for (const { key, relation } of definition.fields) if (relation) neighbours.set(key, relation.object)
  for (const other of catalogue.values()) {
    for (const { relation } of other.definition.fields) {
      if (relation && [relation.object, ...(relation.others ?? [])].includes(definition.slug))
        neighbours.set(relation.inverse.key, other.definition.slug)
    }
  }
  return neighbours
}
