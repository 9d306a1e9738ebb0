/** Forms as their makers see them: made, changed, published, counted. */
import { randomInt } from 'node:crypto'
import { newId } from '@oneforge/kernel/database'
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { valueContext, visibleObject } from '@oneforge/kernel/records'
import type { z } from 'zod'
import type { WholeFiles } from '../files/index.ts'
import { seenTitles } from '../following/index.ts'
import type { FormDefinition } from './form.ts'
import { type Audience, formProblems } from './forms.check.ts'
import type { form, formChange, formInput, formSubmission } from './forms.schemas.ts'
import {
  counted,
  type DayRow,
  deleteForm,
  findForm,
  insertForm,
  type ListedForm,
  listDays,
  listForms,
  lockForm,
  updateForm,
} from './forms.store.ts'
import { requireMayOffer } from './offers.ts'
import { listSubmissions, type SubmissionRow } from './submissions.store.ts'
import { takeUploadsOf } from './uploads.store.ts'

type Shown = z.input<typeof form>

export async function list(context: OperationContext): Promise<Shown[]> {
  const rows = await listForms(context.tx, context.model.tenantId, daysAgo(context, 30))
  return rows.flatMap((row) => present(context, row) ?? [])
}

export async function get(context: OperationContext, id: string): Promise<Shown> {
  const [row] = await listForms(context.tx, context.model.tenantId, daysAgo(context, 30), id)
  const shown = row && present(context, row)
  if (!shown) throw noForm()
  return shown
}

export async function create(context: OperationContext, input: z.output<typeof formInput>): Promise<Shown> {
  const { tx, model } = context
  const object = objectOf(context, input.object)
  const id = newId()
  const { name, audience } = input
  const definition = input.definition as FormDefinition
  tx.keepOpen()
  await insertForm(tx, model.tenantId, { id, object_id: object.id, name, audience, address: newAddress(), definition })
  return get(context, id)
}

export async function change(
  context: OperationContext,
  id: string,
  input: z.output<typeof formChange>,
): Promise<Shown> {
  const { tx, model } = context
  tx.keepOpen()
  const row = await lockForm(tx, model.tenantId, id)
  const object = row && model.objectById.get(row.object_id)
  if (!row || !object) throw noForm()
  const { version, ...changes } = input
  if (version !== undefined && version !== row.version) {
    throw conflict(`“${row.name}” has been changed since you opened it. Look at it again, then repeat your change.`)
  }
  const next = { ...row, ...changes, definition: (changes.definition as FormDefinition | undefined) ?? row.definition }
  if (next.published) requireSound(context, object, next.definition, next.audience)
  if (isOpenToAll(next))
    requireMayOffer(context, object, next.definition, isOpenToAll(row) ? row.definition : undefined)
  await updateForm(tx, model.tenantId, next)
  return get(context, id)
}

const isOpenToAll = ({ published, audience }: Pick<ListedForm, 'published' | 'audience'>): boolean =>
  published && audience === 'public'

/** What cannot be filled in is not published, and stays as it was where it is. */
function requireSound(
  context: OperationContext,
  object: CompiledObject,
  definition: FormDefinition,
  audience: Audience,
): void {
  const problems = formProblems(context, object, definition, audience)
  if (problems.length === 0) return
  throw validationError(problems.map(({ path, message }) => ({ field: `definition.${path}`, message })))
}

/** With the files that were sent for it and belong to no record. */
export async function remove({ tx, model }: OperationContext, id: string, files: WholeFiles): Promise<void> {
  tx.keepOpen()
  const uploads = await takeUploadsOf(tx, model.tenantId, id)
  if (!(await deleteForm(tx, model.tenantId, id))) throw noForm()
  tx.onCommit(() => void files.discard(uploads.map(({ content }) => content)).catch(() => undefined))
}

export async function duplicate(context: OperationContext, id: string, name: string): Promise<Shown> {
  const { tx, model } = context
  tx.keepOpen()
  const row = await findForm(tx, model.tenantId, id)
  if (!row) throw noForm()
  const copy = { ...row, id: newId(), name, address: newAddress() }
  await insertForm(tx, model.tenantId, copy)
  return get(context, copy.id)
}

export async function figures(context: OperationContext, id: string, days: number): Promise<DayRow[]> {
  await requireForm(context, id)
  return listDays(context.tx, context.model.tenantId, id, daysAgo(context, days))
}

export interface SubmissionPage {
  items: z.input<typeof formSubmission>[]
  next: { at: string; id: string } | null
}

export async function submissions(
  context: OperationContext,
  id: string,
  { before, limit }: { before: { at: string; id: string } | undefined; limit: number },
): Promise<SubmissionPage> {
  const { object_id: objectId } = await requireForm(context, id)
  const rows = await listSubmissions(context.tx, context.model.tenantId, id, { before, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items: await presentSubmissions(context, objectId, shown), next: last ? { at: last.at, id: last.id } : null }
}

async function presentSubmissions(
  context: OperationContext,
  objectId: string,
  rows: SubmissionRow[],
): Promise<z.input<typeof formSubmission>[]> {
  const references = rows.flatMap(({ record_id: recordId }) => (recordId ? [{ objectId, recordId }] : []))
  const titles = references.length > 0 ? await seenTitles(context, references) : new Map()
  return rows.map(({ id, at, outcome, record_id: recordId, seconds, by }) => {
    const seen = recordId === null ? undefined : titles.get(recordId)
    return { id, at, outcome, seconds, by, record: seen ? { id: recordId!, title: seen.title } : null }
  })
}

async function requireForm({ tx, model }: OperationContext, id: string) {
  const row = await findForm(tx, model.tenantId, id)
  if (!row) throw noForm()
  return row
}

const noForm = () => notFound('The form')

function objectOf(context: OperationContext, slug: string): CompiledObject {
  const object = visibleObject(context, slug)
  if (!object) throw validationError([{ field: 'object', message: `“${slug}” is not an object of this workspace` }])
  return object
}

function present(context: OperationContext, row: ListedForm): Shown | undefined {
  const object = context.model.objectById.get(row.object_id)
  if (!object) return undefined
  return {
    id: row.id,
    name: row.name,
    object: object.slug,
    audience: row.audience,
    address: row.address,
    published: row.published,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    problems: formProblems(context, object, row.definition, row.audience),
    month: Object.fromEntries(counted.map((name) => [name, row[name]])) as Shown['month'],
    definition: row.definition as Shown['definition'],
  }
}

/** YYYY-MM-DD in the workspace's zone. */
function daysAgo(context: OperationContext, days: number): string {
  return valueContext({ ...context, now: new Date(context.now.getTime() - days * 86_400_000) }).today
}

const addressLetters = '23456789abcdefghjkmnpqrstuvwxyz'
const addressLength = 16

/** 79 random bits in letters that nobody takes for others. */
const newAddress = (): string =>
  Array.from({ length: addressLength }, () => addressLetters[randomInt(addressLetters.length)]).join('')
