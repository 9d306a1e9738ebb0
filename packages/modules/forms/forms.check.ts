/** What is wrong with a form, by its place: what cannot be published, and what has been taken from it since. */
import { parseFilter } from '@oneforge/kernel/expressions'
import { type CompiledField, type CompiledObject, isSetBySystem, type TenantModel } from '@oneforge/kernel/metadata'
import { parseValue } from '@oneforge/kernel/metadata/values'
import { type RecordContext, valueContext } from '@oneforge/kernel/records'
import { askedTypes, type FieldQuestion, type FormDefinition, fieldsAsked, type Question, questionsOf } from './form.ts'
import { offerProblem, targetOf } from './offers.ts'

export interface FormProblem {
  path: string
  message: string
}

export type Audience = 'public' | 'internal'

export function formProblems(
  context: Pick<RecordContext, 'model' | 'now'>,
  object: CompiledObject,
  form: FormDefinition,
  audience: Audience,
): FormProblem[] {
  const problems: FormProblem[] = []
  const report = (path: string, message: string) => void problems.push({ path, message })
  const checked = { context, model: context.model, object, form, audience, report }
  for (const [index, step] of form.steps.entries()) {
    for (const [place, question] of step.questions.entries()) {
      checkQuestion(checked, `steps.${index}.questions.${place}`, question)
    }
  }
  checkWhole(checked)
  return problems
}

interface Checked {
  context: Pick<RecordContext, 'model' | 'now'>
  model: TenantModel
  object: CompiledObject
  form: FormDefinition
  audience: Audience
  report: (path: string, message: string) => void
}

function checkQuestion(checked: Checked, path: string, question: Question): void {
  const { model, object, report } = checked
  if (question.kind === 'field') {
    const field = object.field.get(question.field)
    if (!field) report(`${path}.field`, `“${question.field}” is not a field of ${object.labelPlural.en} any more`)
    else if (!isAsked(model, object, field)) report(`${path}.field`, `“${field.label.en}” cannot be asked in a form`)
    else if (field.type === 'relation') checkOffer(checked, `${path}.offer`, question, field)
  }
  if (question.kind === 'consent' && question.field !== undefined) {
    if (object.field.get(question.field)?.type !== 'boolean') {
      report(`${path}.field`, 'must be a yes-or-no field: it keeps that somebody has agreed')
    }
  }
  if (question.visible !== undefined) checkVisible(checked, `${path}.visible`, question)
}

/** What a public form offers is read by everybody. */
function checkOffer(checked: Checked, path: string, { offer }: FieldQuestion, field: CompiledField): void {
  const { model, object, audience, report } = checked
  if (audience === 'internal') return
  const target = targetOf(model, object, field)!
  const problem = offerProblem(model, field, target, offer)
  if (problem !== undefined) report(path, problem)
}

/** A condition looks at other answers and at nothing else: nothing of the workspace can be learnt by it. */
function checkVisible({ model, object, form, report }: Checked, path: string, question: Question): void {
  const parsed = parseFilter(question.visible, object, model)
  if ('problems' in parsed) {
    report(path, parsed.problems.map(({ message }) => message).join('; '))
    return
  }
  const asked = new Set(fieldsAsked(form))
  const own = question.kind === 'field' ? question.field : undefined
  for (const name of namesIn(question.visible)) {
    if (name === own) report(path, 'looks at the answer to the question itself')
    else if (!asked.has(name)) report(path, `looks at “${name}”, which this form does not ask for`)
    else if (isUnread(object, name)) report(path, `looks at “${name}”, whose answers conditions cannot read`)
  }
}

/** What is chosen or added stands beside the answers, and not among them. */
const isUnread = (object: CompiledObject, key: string): boolean =>
  ['file', 'relation'].includes(object.field.get(key)?.type ?? '')

export function namesIn(filter: unknown): string[] {
  if (Array.isArray(filter)) return filter.flatMap(namesIn)
  if (typeof filter !== 'object' || filter === null) return []
  const { field, and, or, not } = filter as { field?: string; and?: unknown; or?: unknown; not?: unknown }
  return field === undefined ? [and, or, not].flatMap(namesIn) : [field]
}

function checkWhole(checked: Checked): void {
  const { object, form, report } = checked
  const questions = questionsOf(form)
  const ids = [...questions, ...form.steps].map(({ id }) => id)
  if (new Set(ids).size < ids.length) report('steps', 'gives two questions or steps the same id')
  const asked = fieldsAsked(form)
  const twice = asked.find((key, index) => asked.indexOf(key) !== index)
  if (twice !== undefined) report('steps', `asks for “${twice}” twice`)
  if (questions.every(({ kind }) => kind === 'text')) report('steps', 'asks for nothing')
  checkValues(checked, asked)
  const given = new Set([...asked, ...Object.keys(form.values)])
  for (const field of object.fields) {
    const isMissing = field.required && field.default === undefined && !given.has(field.key) && !isSetBySystem(field)
    if (isMissing) report('steps', `does not ask for “${field.label.en}”, without which no record can be made`)
  }
  if (form.match.by === 'fields') checkMatch(checked, form.match.fields)
  const { match } = form
  const recognised = match.by === 'fields' ? match.fields : []
  for (const key of asked) {
    const field = object.field.get(key)
    if (field?.unique && !recognised.includes(key)) {
      report(
        'match',
        `has to recognise people by “${field.label.en}”, which no two may have: without it their answers cannot be taken`,
      )
    }
  }
}

/** Fixed values are read as a record's own: what a record refuses would refuse everybody who fills the form in. */
function checkValues({ context, object, form, report }: Checked, asked: string[]): void {
  for (const [key, value] of Object.entries(form.values)) {
    const path = `values.${key}`
    const field = object.field.get(key)
    if (!field) report(path, `“${key}” is not a field of ${object.labelPlural.en}`)
    else if (asked.includes(key)) report(path, 'is asked by the form, and cannot be fixed as well')
    else if (isSetBySystem(field)) report(path, `“${field.label.en}” is set by the system and cannot be fixed`)
    else {
      const parsed = parseValue(field, value, valueContext(context))
      if (!parsed.ok) report(path, `“${field.label.en}” ${parsed.message}`)
    }
  }
}

function checkMatch({ object, form, report }: Checked, fields: string[]): void {
  const asked = new Set(fieldsAsked(form))
  for (const key of fields) {
    if (!object.field.has(key)) report('match.fields', `“${key}” is not a field of ${object.labelPlural.en}`)
    else if (!asked.has(key)) report('match.fields', `“${key}” is not asked by the form`)
  }
}

/** Whether a form can ask for it. */
export function isAsked(model: TenantModel, object: CompiledObject, field: CompiledField): boolean {
  if (field.computation !== undefined || !(askedTypes as readonly string[]).includes(field.type)) return false
  return field.type !== 'relation' || targetOf(model, object, field) !== undefined
}
