/**
 * What becomes of a form that comes in: the answers to questions that were asked make a record, or add to one that is
 * there, by the rules that hold for every record. Whether somebody was known before is never told to who sends it.
 */

import { AppError, type FieldProblem, validationError } from '@oneforge/kernel/errors'
import { appendEvents } from '@oneforge/kernel/events'
import { matchesFilter, parseFilter, type RecordValues } from '@oneforge/kernel/expressions'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import {
  comparedValues,
  createRecord,
  findDuplicates,
  listRecords,
  type RecordContext,
  type RecordRow,
  updateRecord,
} from '@oneforge/kernel/records'
import type { KeptContent, WholeFiles } from '../files/index.ts'
import { mostFiles } from './asked.ts'
import { type FormDefinition, type FormMatch, fieldsAsked, type Question, questionsOf } from './form.ts'
import { holdMatching, type Outcome, type Upload } from './submissions.store.ts'

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
}

export interface Received {
  outcome: Exclude<Outcome, 'spam'>
  recordId: string
  /** Contents that belong to no question: nobody needs them. */
  left: KeptContent[]
}

/** @throws VALIDATION_ERROR with the field of each answer that will not do. */
export async function receive(receiving: Receiving): Promise<Received> {
  const { context, object, form } = receiving
  const asked = questionsAsked(receiving)
  const problems = missing(receiving, asked)
  if (problems.length > 0) throw validationError(problems)
  const input = { ...form.values, ...answersTo(receiving, asked) }
  const known = await knownRecord(receiving, input)
  const record = known ? await addTo(receiving, known, input) : await make(receiving, input)
  const { wanted, left } = filesFor(receiving, asked)
  await receiving.files.add(context, object, record.id, wanted)
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
function missing({ given, uploads }: Receiving, asked: Question[]): FieldProblem[] {
  return asked.flatMap((question) => {
    if (question.kind === 'field') {
      const isMissing = question.required && !question.hidden && isEmpty(given.answers[question.field])
      return isMissing ? [{ field: question.field, message: 'is required' }] : []
    }
    if (question.kind === 'consent') {
      const isMissing = question.required && !given.consents.includes(question.id)
      return isMissing ? [{ field: question.id, message: 'must be agreed to' }] : []
    }
    return question.kind === 'files' ? fileProblems(question, given, uploads) : []
  })
}

function fileProblems(
  question: Extract<Question, { kind: 'files' }>,
  { files }: Answers,
  uploads: Upload[],
): FieldProblem[] {
  const ids = files[question.id] ?? []
  if (question.required && ids.length === 0) return [{ field: question.id, message: 'is required' }]
  if (ids.length > mostFiles(question)) {
    return [{ field: question.id, message: `takes at most ${mostFiles(question)} files` }]
  }
  const known = new Set(uploads.map(({ id }) => id))
  return ids.some((id) => !known.has(id)) ? [{ field: question.id, message: 'names a file that did not arrive' }] : []
}

/** By field; what was answered to questions that are not asked is dropped. */
function answersTo({ given }: Receiving, asked: Question[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const question of asked) {
    if (question.kind === 'field' && !isEmpty(given.answers[question.field])) {
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
  const overwrites = form.match.by !== 'nothing' && form.match.known === 'overwrite'
  const isNew = ([key]: [string, unknown]) => overwrites || isEmpty(known.data[key])
  const changes = Object.fromEntries(Object.entries(input).filter(isNew))
  if (Object.keys(changes).length > 0) await updateRecord(context, object, known.id, changes, { mode: 'patch' })
  return known
}

function filesFor({ given, uploads }: Receiving, asked: Question[]): { wanted: KeptContent[]; left: KeptContent[] } {
  const ids = new Set(asked.flatMap(({ id, kind }) => (kind === 'files' ? (given.files[id] ?? []) : [])))
  const isWanted = ({ id }: Upload) => ids.has(id)
  return {
    wanted: uploads.filter(isWanted).map(({ content }) => content),
    left: uploads.filter((upload) => !isWanted(upload)).map(({ content }) => content),
  }
}

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
