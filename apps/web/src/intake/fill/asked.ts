/** Which questions of a form are asked with the answers so far, and what is still missing. */
import type { AskedField, AskedForm, AskedQuestion } from '@oneforge/client'
import { isEmptyValue } from '../../fields/format.ts'
import { type Asker, type Facts, matches } from '../../forms/matches.ts'
import { askedField } from './askedField.ts'

/** What somebody has given so far. */
export interface Given {
  /** By field. */
  values: Record<string, unknown>
  /** Ids of the consents. */
  consents: string[]
  /** By question. */
  files: Record<string, GivenFile[]>
}

/** A file that has arrived. */
export interface GivenFile {
  id: string
  name: string
}

/** What an answer makes of all that is given by then: others may have come while somebody chose. */
export type Answering = (before: Given) => Given

/** The answer to the question that a field is filled in by. */
export const withValue =
  (key: string, value: unknown): Answering =>
  (before) => ({ ...before, values: { ...before.values, [key]: value } })

/** The files that answer a question. */
export const withFiles =
  (question: string, change: (files: GivenFile[]) => GivenFile[]): Answering =>
  (before) => ({ ...before, files: { ...before.files, [question]: change(before.files[question] ?? []) } })

export const nothingGiven: Given = { values: {}, consents: [], files: {} }

/** A question that hangs on one that is not asked, is not asked either. */
export function questionsAsked(form: AskedForm, given: Given, now: Date): Set<string> {
  const questions = form.steps.flatMap((step) => step.questions)
  const asker: Asker = { me: '', now, timeZone: form.workspace.timeZone, currency: form.workspace.currency }
  let asked = questions
  for (;;) {
    const facts = factsOf(asked, given)
    const still = asked.filter(({ visible }) => !visible || matches(visible, facts, asker))
    if (still.length === asked.length) return new Set(asked.map(({ id }) => id))
    asked = still
  }
}

function factsOf(questions: AskedQuestion[], { values, consents }: Given): Facts {
  const known: Record<string, unknown> = {}
  const fields = new Map<string, ReturnType<typeof askedField>>()
  for (const question of questions) {
    if (question.kind === 'field') {
      known[question.field.key] = values[question.field.key]
      fields.set(question.field.key, askedField(question.field))
    }
    if (question.kind === 'consent' && question.field) known[question.field] = consents.includes(question.id)
  }
  return { values: known, field: (key) => fields.get(key), follow: () => [] }
}

/** The name under which the server tells what is wrong with the answer. */
export const nameOf = (question: AskedQuestion): string =>
  question.kind === 'field' ? question.field.key : question.id

export type Lack = 'required' | 'consent' | 'file'

/**
 * What has to be given before one goes on, by name.
 *
 * @param broken ids of the questions with files that did not arrive.
 */
export function lacking(
  questions: AskedQuestion[],
  given: Given,
  broken: ReadonlySet<string> = new Set(),
): Record<string, Lack> {
  const lacks: Record<string, Lack> = {}
  for (const question of questions) {
    const lack = broken.has(question.id) ? 'file' : lackOf(question, given)
    if (lack) lacks[nameOf(question)] = lack
  }
  return lacks
}

function lackOf(question: AskedQuestion, { values, consents, files }: Given): Lack | undefined {
  if (question.kind === 'text' || (question.kind === 'field' && question.hidden)) return undefined
  if (question.kind === 'consent') return question.required && !consents.includes(question.id) ? 'consent' : undefined
  const required = question.kind === 'field' ? question.field.required : question.required
  const asksFiles = question.kind === 'files' || question.field.files
  const value = asksFiles ? files[question.id] : values[question.field.key]
  return required && isEmptyValue(value) ? 'required' : undefined
}

/** Fields of what was refused that nobody can mend: the address filled them in, and no question of them is shown. */
export function refusedUnseen(form: AskedForm, refused: Record<string, string>): string[] {
  return form.steps
    .flatMap((step) => step.questions)
    .flatMap((one) => (one.kind === 'field' && one.hidden && one.field.key in refused ? [one.field.key] : []))
}

/** What the address fills in beforehand: `?job=Engineer`. */
export function prefilled(form: AskedForm, query: URLSearchParams): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const question of form.steps.flatMap((step) => step.questions)) {
    if (question.kind !== 'field' || !question.prefill) continue
    const text = query.get(question.prefill)
    const value = text && valueFrom(question.field, text)
    if (value !== null && value !== undefined && value !== '') values[question.field.key] = value
  }
  return values
}

function valueFrom({ type, relation }: AskedField, text: string): unknown {
  if (type === 'file') return undefined
  if (relation) return chosenFrom(relation, text)
  if (type === 'multiselect' || type === 'tags') return text.split(',').map((one) => one.trim())
  if (type === 'boolean') return text === 'true' || text === '1'
  return ['number', 'integer', 'percent', 'rating'].includes(type) && !Number.isNaN(Number(text)) ? Number(text) : text
}

/** Of what a public form offers alone; what a member names is looked up with their rights. */
function chosenFrom({ choices, many }: NonNullable<AskedField['relation']>, text: string): unknown {
  const ids = text.split(',').filter((id) => !choices || choices.some((choice) => choice.id === id))
  return many ? ids : ids[0]
}
