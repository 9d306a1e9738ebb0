/** Whether the pipelines of an object can be, seen against its fields. */
import type { FieldProblem } from '../../errors/index.ts'
import {
  type CompiledField,
  isSetBySystem,
  type ObjectDefinition,
  optionColors,
  type PipelineDefinition,
  type StageDefinition,
} from '../../metadata/index.ts'

const keyPattern = /^[a-z][a-z0-9_]{0,62}$/
const mostPipelines = 20
const mostStages = 100
const mostItems = 50

type Fields = Pick<CompiledField, 'key' | 'type' | 'computation' | 'label'>[]

/** What is wrong, with where: `pipelines.sales.stages.Won.requires`. */
export function pipelineProblems(
  { pipelines = [] }: Pick<ObjectDefinition, 'pipelines'>,
  fields: Fields,
): FieldProblem[] {
  const at = 'pipelines'
  return [
    ...(pipelines.length > mostPipelines ? [{ field: at, message: `takes at most ${mostPipelines} of them` }] : []),
    ...twice(pipelines.map(({ key }) => key)).map((key) => ({ field: `${at}.${key}`, message: 'is there twice' })),
    ...twice(pipelines.map(({ field }) => field)).map((key) => ({
      field: at,
      message: `has two pipelines over “${key}”; each needs a field of its own`,
    })),
    ...pipelines.flatMap((pipeline) => problemsOf(pipeline, fields, `${at}.${pipeline.key}`)),
  ]
}

const twice = (keys: string[]): string[] => [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))]

function problemsOf(pipeline: PipelineDefinition, fields: Fields, at: string): FieldProblem[] {
  const field = fields.find(({ key }) => key === pipeline.field)
  const values = pipeline.stages.map(({ value }) => value)
  const problem = (part: string, message: string): FieldProblem => ({ field: `${at}.${part}`, message })
  return [
    ...(keyPattern.test(pipeline.key) ? [] : [problem('key', 'must be snake_case such as after_sales')]),
    ...(field?.type === 'select' && !field.computation
      ? []
      : [problem('field', `“${pipeline.field}” is not a select field of this object`)]),
    ...(values.length === 0 ? [problem('stages', 'needs at least one stage')] : []),
    ...(values.length > mostStages ? [problem('stages', `takes at most ${mostStages} of them`)] : []),
    ...twice(values).map((value) => problem(`stages.${value}`, 'is there twice')),
    ...pipeline.stages.flatMap((stage) => stageProblemsOf(stage, values, fields, `${at}.stages.${stage.value}`)),
  ]
}

const isMoment = (field: Fields[number]): boolean => field.type === 'datetime' && !isSetBySystem(field)

function stageProblemsOf(stage: StageDefinition, values: string[], fields: Fields, at: string): FieldProblem[] {
  const { requires = [], moments = [], moves = [], checklist = [], reasons, color, rottingDays } = stage
  const problem = (part: string, message: string): FieldProblem => ({ field: `${at}.${part}`, message })
  const unknown = requires.filter((key) => !fields.some((field) => field.key === key))
  const computed = requires.filter((key) => fields.some((field) => field.key === key && isSetBySystem(field)))
  const timeless = moments.filter((key) => !fields.some((field) => field.key === key && isMoment(field)))
  const items = checklist.map(({ key }) => key)
  const wrong = items.find((key) => !keyPattern.test(key))
  const lists = reasons?.options ?? []
  return [
    ...(stage.value.trim() === '' ? [problem('value', 'cannot be empty')] : []),
    ...(color && !optionColors.includes(color) ? [problem('color', `must be one of ${optionColors.join(', ')}`)] : []),
    ...unknown.map((key) => problem('requires', `“${key}” is not a field of this object`)),
    ...computed.map((key) => problem('requires', `“${key}” is filled in by the system, so nobody can be asked for it`)),
    ...timeless.map((key) => problem('moments', `“${key}” is not a date with a time that people fill in`)),
    ...moves
      .filter((value) => !values.includes(value) || value === stage.value)
      .map((value) => problem('moves', `“${value}” is not another stage of this pipeline`)),
    ...(items.length > mostItems ? [problem('checklist', `takes at most ${mostItems} items`)] : []),
    ...twice(items).map((key) => problem('checklist', `has the key “${key}” twice`)),
    ...(wrong === undefined ? [] : [problem('checklist', `has the key “${wrong}”, which is not snake_case`)]),
    ...twice(lists.map(({ value }) => value)).map((value) => problem('reasons', `has “${value}” twice`)),
    ...(reasons?.required && lists.length === 0 ? [problem('reasons', 'are required, so there must be some')] : []),
    ...(rottingDays !== undefined && !(rottingDays >= 1 && rottingDays <= 3650)
      ? [problem('rottingDays', 'must be a number of days from 1 to 3650')]
      : []),
  ]
}
