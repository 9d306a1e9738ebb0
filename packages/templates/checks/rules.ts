import { duplicateRuleProblems, ruleProblems } from '@oneforge/kernel/records'
import type { Template } from '../template.ts'
import type { Catalogue } from './catalogue.ts'
import { modelOf } from './model.ts'
import type { Report } from './problem.ts'

/** Conditions, rules, unique keys, numbers and default formulas: as an administrator's would be. */
export function checkRules(template: Template, catalogue: Catalogue, report: Report): void {
  const model = modelOf(template)
  for (const { definition, path } of catalogue.values()) {
    const object = model.object.get(definition.slug)
    for (const { field, message } of object ? ruleProblems(model, object) : []) {
      if (!isCheckedElsewhere(field)) report(`${path}.${placeOf(field, definition)}`, message)
    }
    const { duplicates } = definition
    for (const { field, message } of object && duplicates ? duplicateRuleProblems(object, duplicates.rules) : [])
      report(`${path}.duplicates.${field}`, message)
  }
}

/** What is wrong with a pipeline as a whole `checkPipelines` says in the words of the file. */
const isCheckedElsewhere = (name: string): boolean =>
  name.startsWith('pipelines') && !/\.(requires|moments|moves|checklist|reasons|rottingDays)$/.test(name)

/** `fields.city.conditions` is `fields[3].conditions` in the file. */
function placeOf(name: string, definition: Template['objects'][number]): string {
  const [list, key, ...rest] = name.split('.')
  const entries: { key: string }[] | undefined =
    list === 'fields' || list === 'rules' || list === 'uniqueKeys' || list === 'pipelines'
      ? definition[list]
      : undefined
  const index = entries?.findIndex((entry) => entry.key === key) ?? -1
  return index < 0 ? name : [`${list}[${index}]`, ...rest].join('.')
}
