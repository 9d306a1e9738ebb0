import type { PipelineDefinition } from '@oneforge/kernel/metadata'
import type { CatalogueEntry } from './catalogue.ts'
import { checkUnique } from './duplicates.ts'
import type { Report } from './problem.ts'
import { suggestion } from './suggestion.ts'

/** Each pipeline is shown by a select field whose options are its stages, and the object's stage role names that field. */
export function checkPipelines(entry: CatalogueEntry, report: Report): void {
  const { definition, path } = entry
  const pipelines = definition.pipelines ?? []
  checkUnique(
    pipelines.map(({ key }, index) => ({ value: key, path: `${path}.pipelines[${index}].key` })),
    'a pipeline of this object',
    report,
  )
  for (const [index, pipeline] of pipelines.entries())
    checkPipeline(pipeline, `${path}.pipelines[${index}]`, entry, report)
  checkStageRole(entry, pipelines, report)
}

function checkPipeline(pipeline: PipelineDefinition, path: string, { definition }: CatalogueEntry, report: Report) {
  const stages = pipeline.stages.map((stage) => stage.value)
  checkUnique(
    stages.map((value, index) => ({ value, path: `${path}.stages[${index}].value` })),
    'a stage of this pipeline',
    report,
  )
  const field = definition.fields.find(({ key }) => key === pipeline.field)
  if (!field) {
    const known = suggestion(
      pipeline.field,
      definition.fields.map(({ key }) => key),
    )
    return report(`${path}.field`, `"${pipeline.field}" is not a field of "${definition.slug}"${known}`)
  }
  if (field.type !== 'select') {
    return report(`${path}.field`, `"${field.key}" is a ${field.type}; a pipeline is shown by a select field`)
  }
  const options = field.options?.map(({ value }) => value) ?? []
  if (options.join('\n') !== stages.join('\n')) {
    report(
      `${path}.stages`,
      `the stages (${stages.join(', ')}) differ from the options of "${field.key}" (${options.join(', ')})`,
    )
  }
}

function checkStageRole({ definition, path }: CatalogueEntry, pipelines: PipelineDefinition[], report: Report): void {
  const { stage } = definition.roles
  if (stage === undefined && pipelines.length > 0) {
    report(
      `${path}.roles.stage`,
      `is missing; "${definition.slug}" has a pipeline, so its stage is "${pipelines[0]?.field}"`,
    )
  }
  const wellShown = pipelines.every(({ field }) =>
    definition.fields.some(({ key, type }) => key === field && type === 'select'),
  )
  if (stage !== undefined && wellShown && !pipelines.some(({ field }) => field === stage)) {
    report(`${path}.roles.stage`, `"${stage}" is not the field of a pipeline of "${definition.slug}"`)
  }
}
