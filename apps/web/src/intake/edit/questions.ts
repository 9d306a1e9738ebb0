/** What forms are made of while somebody puts them together. */
import {
  askedTypes,
  type FieldMeta,
  type FormDefinition,
  type FormQuestion,
  type FormStep,
  type ObjectMeta,
} from '@oneforge/client'

export const questionsOf = ({ steps }: Pick<FormDefinition, 'steps'>): FormQuestion[] =>
  steps.flatMap(({ questions }) => questions)

export function fieldsAsked(form: Pick<FormDefinition, 'steps'>): Set<string> {
  return new Set(
    questionsOf(form).flatMap((question) => ('field' in question && question.field ? [question.field] : [])),
  )
}

/** Fields that can be asked, and are not asked yet. */
export function fieldsToAsk(object: ObjectMeta, form: Pick<FormDefinition, 'steps'>): FieldMeta[] {
  const asked = fieldsAsked(form)
  return object.fields.filter((field) => canBeAsked(field) && !asked.has(field.key))
}

/** A relation has to lead to one object, by links that need say nothing of themselves. */
function canBeAsked({ type, computed, relation }: FieldMeta): boolean {
  if (computed || !askedTypes.includes(type)) return false
  if (type !== 'relation' || !relation) return type !== 'relation'
  return !relation.others?.length && !relation.attributes?.some(({ required }) => required)
}

/** Fields of a record that a form begins with: what it is called, how somebody is reached, and what it cannot do without. */
export function startingForm(object: ObjectMeta, title: string, thanks: string): FormDefinition {
  const first = new Set([object.roles.title, object.roles.email, object.roles.phone])
  const fields = fieldsToAsk(object, { steps: [] }).filter(
    ({ key, required, default: value }) => first.has(key) || (required && (value === null || value === undefined)),
  )
  const questions = fields.map((field): FormQuestion => ({ id: newId(), kind: 'field', field: field.key }))
  return {
    title,
    steps: [{ id: newId(), questions }],
    values: {},
    match: { by: 'nothing' },
    thanks: { title: thanks },
  }
}

export const newId = (): string => crypto.randomUUID().slice(0, 8)

/** With the question changed, or without it. */
export function withQuestion(form: FormDefinition, id: string, next: FormQuestion | undefined): FormDefinition {
  const replace = (question: FormQuestion) => (question.id === id ? (next ? [next] : []) : [question])
  return withSteps(form, (step) => ({ ...step, questions: step.questions.flatMap(replace) }))
}

export function withSteps(form: FormDefinition, change: (step: FormStep) => FormStep): FormDefinition {
  return { ...form, steps: form.steps.map(change) }
}

/** The question at the end of another step. */
export function movedTo(form: FormDefinition, question: FormQuestion, stepId: string): FormDefinition {
  const others = withQuestion(form, question.id, undefined)
  return withSteps(others, (step) =>
    step.id === stepId ? { ...step, questions: [...step.questions, question] } : step,
  )
}
