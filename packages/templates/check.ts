import { spelledOut } from '@oneforge/kernel/metadata'
import { type Catalogue, catalogueOf } from './checks/catalogue.ts'
import { checkComputations } from './checks/computations.ts'
import { checkDashboards } from './checks/dashboards.ts'
import { checkFields } from './checks/fields.ts'
import { checkIcon } from './checks/icons.ts'
import { checkObject, checkObjectNames } from './checks/objects.ts'
import { checkPipelines } from './checks/pipelines.ts'
import type { Problem, Report } from './checks/problem.ts'
import { checkRelations } from './checks/relations.ts'
import { checkRoles } from './checks/roles.ts'
import { checkRules } from './checks/rules.ts'
import { checkSamples } from './checks/samples.ts'
import { checkStructure } from './checks/structure.ts'
import { checkViews } from './checks/views.ts'
import { checkWorkflows } from './checks/workflows.ts'
import type { Template } from './template.ts'

/**
 * All that is wrong with a template, in the order of the file; an empty list means that it can be applied. First its
 * structure by template.schema.json; only if that is right, what its parts say about one another.
 *
 * @example
 * checkTemplate(readTemplate('./veterinary.json'))
 * // [{ path: 'objects[2].fields[5].relation.object', message: '"docters" is not an object of this template; did …' }]
 */
export function checkTemplate(value: unknown): Problem[] {
  const problems = checkStructure(value)
  if (problems.length > 0) return problems
  const written = value as Template
  // Where a relation leads everywhere, names are looked up at all objects; the field is right as it is written.
  const template = { ...written, objects: spelledOut(written.objects) }
  const report: Report = (path, message) => problems.push({ path, message })
  const catalogue = catalogueOf(template)
  checkIcon(template.icon, 'icon', report)
  checkObjects(template, catalogue, report)
  for (const entry of catalogueOf(written).values()) checkFields(entry, report)
  checkRules(template, catalogue, report)
  checkRoles(template, catalogue, report)
  checkWorkflows(template, catalogue, report)
  checkDashboards(template, catalogue, report)
  checkSamples(template, catalogue, report)
  return problems
}

function checkObjects(template: Template, catalogue: Catalogue, report: Report): void {
  checkObjectNames(template, report)
  checkRelations(catalogue, report)
  for (const entry of catalogue.values()) {
    checkObject(entry, report)
    checkPipelines(entry, report)
    checkComputations(entry, catalogue, report)
    checkViews(entry, catalogue, report)
  }
}
