/**
 * What becomes of a form that comes in: the answers to questions that were asked make a record, or add to one that is
 * there, by the rules that hold for every record. Whether somebody was known before is never told to who sends it.
 */

import { AppError, type FieldProblem, validationError } from '@oneforge/kernel/errors'
import { appendEvents } from '@oneforge/kernel/events'
import { matchesFilter, parseFilter, type RecordValues } from '@oneforge/kernel/expressions'
import type { CompiledField, CompiledObject, CompiledRelation } from '@oneforge/kernel/metadata'
import {
  comparedValues,
  createRecord,
  findDuplicates,
  listRecords,
  lockRecord,
  type RecordContext,
  type RecordRow,
  updateRecord,
} from '@oneforge/kernel/records'
import type { KeptContent, WholeFiles } from '../files/index.ts'
import { type FormDefinition, type FormMatch, fieldsAsked, type Question, questionsOf } from './form.ts'
import { choiceProblems } from './offers.ts'
import { fileContents, fileProblems } from './received-files.ts'
import { fieldOfFiles } from './sent-files.ts'
import { holdMatching, type Outcome } from './submissions.store.ts'
import type { Upload } from './uploads.store.ts'

export interface Answers {
  /** By field. */
  answers: Record<string, unknown>
  /** Ids of the consents that were given. */
  consents: string[]
  /** Ids of uploads by question. */
  files: Record<string, string[]>
}

export interface Receiving {
  context: RecordContext
  object: CompiledObject
  form: FormDefinition
  formId: string
  given: Answers
  uploads: Upload[]
  files: WholeFiles
  /** Whether it comes from in front of the workspace: only what the form offers can be chosen there. */
  isFront: boolean
}

export interface Received {
  outcome: Exclude<Outcome, 'spam'>
  recordId: string
  /** Contents that belong to no question: nobody needs them. */
  left: KeptContent[]
}

/** @throws VALIDATION_ERROR with the field of each answer that will not do. */
export async function receive(receiving: Receiving): Promise<Received> {
  const { context, object, form, files, uploads, given } = receiving
  const asked = questionsAsked(receiving)
  const problems = [
    ...missing(receiving, asked),
    ...(receiving.isFront ? await choiceProblems(context, object, asked, given.answers) : []),
  ]
  if (problems.length > 0) throw validationError(problems)
  const input = { ...form.values, ...answersTo(receiving, asked) }
  const known = await knownRecord(receiving, input)
  const sent = { object, given: given.files, uploads }
  const takes = ({ key }: CompiledField) => !known || overwrites(form) || isEmpty(known.data[key])
  const { values, beside, left } = await fileContents({ context, files, sent }, asked, takes)
  const whole = { ...input, ...values }
  const record = known ? await addTo(receiving, known, whole) : await make(receiving, whole)
  await files.add(context, object, record.id, beside)
  const outcome = known ? ('updated' as const) : ('created' as const)
  await tell(receiving, record.id, outcome)
  return { outcome, recordId: record.id, left }
}

/** Those that are asked with these answers. A question that hangs on one that is not asked, is not asked either. */
function questionsAsked({ context, object, form, given }: Receiving): Question[] {
  const questions = questionsOf(form)
  const values: RecordValues = { ...comparedValues(context, object, given.answers) }
  for (const key of Object.keys(values)) if (!fieldsAsked(form).includes(key)) delete values[key]
  for (const { id, field } of consents(questions)) if (field !== undefined) values[field] = given.consents.includes(id)
  const around = { me: '', now: context.now, timeZone: context.model.timeZone }
  const isAsked = ({ visible }: Question): boolean => {
    const parsed = parseFilter(visible, object, context.model)
    // What cannot be read any more holds nobody up.
    return 'problems' in parsed || matchesFilter(parsed.filter, values, around)
  }
  let asked = questions
  for (;;) {
    const still = asked.filter(isAsked)
    if (still.length === asked.length) return still
    for (const gone of asked) {
      if (!still.includes(gone) && 'field' in gone && gone.field !== undefined) delete values[gone.field]
    }
    asked = still
  }
}

const consents = (questions: Question[]) => questions.filter((question) => question.kind === 'consent')

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What has to be answered and is not. Of fields that the object itself requires, the record store tells. */
function missing({ object, given, uploads }: Receiving, asked: Question[]): FieldProblem[] {
  return asked.flatMap((question) => {
    if (question.kind === 'field' && !fieldOfFiles(object, question.field)) {
      const isMissing = question.required && !question.hidden && isEmpty(given.answers[question.field])
      return isMissing ? [{ field: question.field, message: 'is required' }] : []
    }
    if (question.kind === 'consent') {
      const isMissing = question.required && !given.consents.includes(question.id)
      return isMissing ? [{ field: question.id, message: 'must be agreed to' }] : []
    }
    return fileProblems({ object, given: given.files, uploads }, question)
  })
}

/** By field; what was answered to questions that are not asked is dropped. What files answer comes as such. */
function answersTo({ object, given }: Receiving, asked: Question[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const question of asked) {
    const isAnswered = question.kind === 'field' && !fieldOfFiles(object, question.field)
    if (isAnswered && !isEmpty(given.answers[question.field])) {
      values[question.field] = given.answers[question.field]
    }
    if (question.kind === 'consent' && question.field !== undefined) {
      values[question.field] = given.consents.includes(question.id)
    }
  }
  return values
}

/** The one record that the answers are about; where it could be several, none. */
async function knownRecord(
  { context, object, form }: Receiving,
  input: Record<string, unknown>,
): Promise<RecordRow | undefined> {
  const { match } = form
  if (match.by === 'nothing') return undefined
  await holdMatching(context.tx, context.model.tenantId, object.id)
  return match.by === 'fields' ? sameFields(context, object, match, input) : sameByRules(context, object, input)
}

async function sameFields(
  context: RecordContext,
  object: CompiledObject,
  { fields }: Extract<FormMatch, { by: 'fields' }>,
  input: Record<string, unknown>,
): Promise<RecordRow | undefined> {
  if (fields.some((key) => isEmpty(input[key]))) return undefined
  const filter = { and: fields.map((field) => ({ field, op: 'eq', value: input[field] })) }
  const { rows } = await listRecords(context, object, { filter, limit: 2, cursor: '' })
  return rows.length === 1 ? rows[0] : undefined
}

async function sameByRules(
  context: RecordContext,
  object: CompiledObject,
  input: Record<string, unknown>,
): Promise<RecordRow | undefined> {
  const { candidates } = await findDuplicates(context, object, comparedValues(context, object, input))
  const [best, second] = candidates
  if (!best || (second && second.score === best.score)) return undefined
  const filter = { field: 'id', op: 'eq', value: best.id }
  const { rows } = await listRecords(context, object, { filter, limit: 1, cursor: '' })
  return rows[0]
}

/** A record with a value that no two may have is there already. */
export class AlreadyThere extends Error {
  readonly taken: AppError

  constructor(taken: AppError) {
    super(taken.message)
    this.taken = taken
  }
}

async function make({ context, object }: Receiving, input: Record<string, unknown>): Promise<{ id: string }> {
  try {
    return await createRecord(context, object, input)
  } catch (error) {
    throw error instanceof AppError && error.code === 'CONFLICT' ? new AlreadyThere(error) : error
  }
}

/** The record that has the value which no other may have. */
export async function recordTaken(
  context: RecordContext,
  object: CompiledObject,
  { details }: AppError,
  answers: Record<string, unknown>,
): Promise<string | null> {
  const same = details.flatMap(({ field }) =>
    isEmpty(answers[field]) ? [] : [{ field, op: 'eq', value: answers[field] }],
  )
  if (same.length === 0) return null
  const { rows } = await listRecords(context, object, { filter: { and: same }, limit: 1, cursor: '' })
  return rows[0]?.id ?? null
}

async function addTo(
  { context, object, form }: Receiving,
  known: RecordRow,
  input: Record<string, unknown>,
): Promise<{ id: string }> {
  const isLinked = Object.keys(input).some((key) => object.relation.get(key)?.many === false)
  // Also a link that the caller does not see is one.
  const links = isLinked ? (await lockRecord(context, object, known.id, 'update')).links : new Map<string, string[]>()
  const changes = changesOf({ object, form, links }, known, input)
  if (Object.keys(changes).length > 0) await updateRecord(context, object, known.id, changes, { mode: 'patch' })
  return known
}

const overwrites = ({ match }: FormDefinition): boolean => match.by !== 'nothing' && match.known === 'overwrite'

interface Around {
  object: CompiledObject
  form: FormDefinition
  /** All records that the known one is linked to, by relation. */
  links: Map<string, string[]>
}

/**
 * What is not known yet, or all of it where the answers are taken for the truth. Of records that it may be linked to several
 * times, those chosen come to those that are there: nobody in front takes links away.
 */
function changesOf(
  { object, form, links }: Around,
  known: RecordRow,
  input: Record<string, unknown>,
): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(input)) {
    const link = object.relation.get(key)
    if (link?.many) changes[key] = [...new Set([...seenLinks(known, link), ...[value].flat()])]
    else if (overwrites(form) || isEmpty(link ? links.get(link.relationId) : known.data[key])) changes[key] = value
  }
  return changes
}

const seenLinks = ({ links }: RecordRow, { relationId }: CompiledRelation): string[] =>
  (links ?? []).flatMap(([relation, id]) => (relation === relationId ? [id] : []))

/** What workflows and others begin by; it tells of which form, and not what was answered. */
const tell = ({ context, object, formId }: Receiving, recordId: string, outcome: string): Promise<void> =>
  appendEvents(context.tx, [
    {
      type: 'form.submitted',
      objectId: object.id,
      recordId,
      actorId: context.actor.userId,
      payload: { form: formId, object: object.slug, outcome },
    },
  ])
