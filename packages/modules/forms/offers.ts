/**
 * Records that a form lets people choose from. In front of the workspace the form itself says which, and that anybody may
 * read what they are called; a member chooses among those that they may read, whatever the form says.
 */
import { fieldAccess, filterAccess, seesAll } from '@oneforge/kernel/access'
import { type FieldProblem, forbidden } from '@oneforge/kernel/errors'
import { type FilterAccess, isProtectedField, isTitleProtected, parseFilter } from '@oneforge/kernel/expressions'
import type { CompiledField, CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import { listRecords, type RecordContext } from '@oneforge/kernel/records'
import { type FieldQuestion, type FormDefinition, type Offer, type Question, questionsOf } from './form.ts'

export interface Choice {
  id: string
  title: string
}

const usuallyOffered = 50

/** Where a relation leads that a form can ask for: to one object, with links that need say nothing of themselves. */
export function targetOf(model: TenantModel, object: CompiledObject, field: CompiledField): CompiledObject | undefined {
  const relation = field.type === 'relation' ? object.relation.get(field.key) : undefined
  if (relation?.objects.length !== 1 || relation.attributes.some(({ required }) => required)) return undefined
  return model.objectById.get(relation.objectId)
}

interface Offering {
  question: FieldQuestion
  field: CompiledField
  target: CompiledObject
}

/** The questions of these that a record is chosen for. */
function offerings(model: TenantModel, object: CompiledObject, questions: Question[]): Offering[] {
  return questions.flatMap((question) => {
    const field = question.kind === 'field' ? object.field.get(question.field) : undefined
    const target = field && targetOf(model, object, field)
    return target ? [{ question: question as FieldQuestion, field: field!, target }] : []
  })
}

/** What is offered in front of the workspace, by the question's id: the first by title. */
export async function offeredChoices(
  context: RecordContext,
  object: CompiledObject,
  questions: Question[],
): Promise<Map<string, Choice[]>> {
  const choices = new Map<string, Choice[]>()
  for (const { question, field, target } of offerings(context.model, object, questions)) {
    // Asked each time: since the form was opened, titles may have become protected.
    const isOffered = question.offer && offerProblem(context.model, field, target, question.offer) === undefined
    choices.set(question.id, isOffered ? await listOffered(context, target, question.offer!) : [])
  }
  return choices
}

/**
 * Why what is offered cannot be shown to everybody; undefined where it can. Somebody has to have decided that, and nobody
 * can of what is protected, such as patients, nor let others be chosen by it.
 */
export function offerProblem(
  model: TenantModel,
  field: CompiledField,
  target: CompiledObject,
  offer: Offer | undefined,
): string | undefined {
  const [asked, names] = [`“${field.label.en}”`, target.labelPlural.en]
  if (isTitleProtected(model, target)) return `${asked} would show everybody the names of ${names}, which are protected`
  if (!offer?.titlesPublic) return `${asked} shows everybody the names of ${names}: say that they may become public`
  const parsed = parseFilter(offer.filter, target, model)
  if ('problems' in parsed) return parsed.problems.map(({ message }) => message).join('; ')
  if (!('problems' in parseFilter(offer.filter, target, model, withoutProtected(model)))) return undefined
  return `${asked} would tell everybody something that is protected: choose ${names} by other fields`
}

const withoutProtected = (model: TenantModel): FilterAccess => ({
  field: (object, key) => {
    const field = object.field.get(key)
    return !field || !isProtectedField(model, field)
  },
  rows: () => undefined,
})

async function listOffered(context: RecordContext, target: CompiledObject, offer: Offer): Promise<Choice[]> {
  const { rows } = await listRecords(context, target, {
    filter: offer.filter,
    sort: [target.roles.title],
    limit: offer.most ?? usuallyOffered,
    cursor: '',
    only: new Set([target.roles.title]),
  })
  return rows.map(({ id, title }) => ({ id, title }))
}

/** In front of the workspace nothing can be chosen that is not offered at that moment. */
export async function choiceProblems(
  context: RecordContext,
  object: CompiledObject,
  asked: Question[],
  answers: Record<string, unknown>,
): Promise<FieldProblem[]> {
  const answered = asked.filter((question) => question.kind === 'field' && answers[question.field] != null)
  const choices = await offeredChoices(context, object, answered)
  return answered.flatMap((question) => {
    const offered = choices.get(question.id)
    if (!offered || question.kind !== 'field') return []
    const isOffered = (id: unknown) => offered.some((choice) => choice.id === id)
    const isFine = [answers[question.field]].flat().every(isOffered)
    return isFine ? [] : [{ field: question.field, message: 'is not offered any more. Choose again' }]
  })
}

/**
 * Whoever opens a form shows everybody the titles of what it offers: they have to see all of that themselves.
 *
 * @param before the form as it was open already: what it offered needs no leave again.
 * @throws FORBIDDEN naming the records.
 */
export function requireMayOffer(
  { model, policy }: RecordContext,
  object: CompiledObject,
  form: FormDefinition,
  before: FormDefinition | undefined,
): void {
  const known = new Set(before ? offerings(model, object, questionsOf(before)).map(keyOf) : [])
  for (const offering of offerings(model, object, questionsOf(form))) {
    const { target, question } = offering
    if (known.has(keyOf(offering))) continue
    const readsTitle = fieldAccess(policy, target, target.roles.title) !== 'hidden'
    const filter = parseFilter(question.offer?.filter, target, model, filterAccess(policy, model))
    if (seesAll(policy, target) && readsTitle && !('problems' in filter)) continue
    throw forbidden(
      `The form would show everybody the names of ${target.labelPlural.en.toLowerCase()}, of which you do not see all yourself. Take out “${question.field}”, or ask somebody who does to open the form.`,
    )
  }
}

const keyOf = ({ question }: Offering): string => JSON.stringify([question.field, question.offer ?? null])
