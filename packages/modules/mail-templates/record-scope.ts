/** What a text may say of a record: its fields, those of records it is linked to, and who asks, as far as they may see it. */
import { AppError } from '@oneforge/kernel/errors'
import { type CompiledField, type CompiledObject, inLocale, type TenantModel } from '@oneforge/kernel/metadata'
import { displayText, labelIn, type StoredValue, textOfHtml } from '@oneforge/kernel/metadata/values'
import {
  includeRelated,
  isSystemAttribute,
  type PresentedRecord,
  presentRecord,
  type RecordContext,
  readRow,
} from '@oneforge/kernel/records'
import type { MergeScope } from './liquid.ts'
import { readPeople } from './mail-templates.store.ts'

/** As far as a text may go from the record. */
const mostSteps = 4

/**
 * Values for the ways that a text reads. Fields and relations that the caller does not see are empty.
 *
 * @param paths as `mergeFields` gives them.
 * @throws AppError 404 where there is no such record for the caller.
 */
export async function recordScope(
  context: RecordContext,
  object: CompiledObject,
  recordId: string,
  paths: string[][],
  locale: string = context.locale,
): Promise<MergeScope> {
  const { model, policy, tx } = context
  const row = await readRow(context, object, recordId)
  const record = presentRecord(model, policy, object, row)
  const ways = relationsIn(model, object, paths)
  await include(context, object, record, ways)
  const people = await readPeople(tx, model.tenantId)
  const sender = people.get(context.actor.userId ?? '')
  return {
    values: {
      record: readable({ model, people, locale }, record),
      tenant: { name: model.name },
      user: { name: sender?.name ?? context.actor.name, email: sender?.email ?? null },
    },
    locale,
    timeZone: model.timeZone,
  }
}

/** The relations that the ways lead along, each way once: `primary_doctor`, `company.owner_of`. */
function relationsIn(model: TenantModel, object: CompiledObject, paths: string[][]): string[] {
  const ways = paths.flatMap(([root, ...steps]) => {
    if (root !== 'record') return []
    const way: string[] = []
    let at: CompiledObject | undefined = object
    for (const step of steps.filter((one) => !/^\d+$|^(?:first|last)$/.test(one)).slice(0, mostSteps)) {
      const relation = at?.relation.get(step)
      if (!relation) break
      way.push(step)
      at = model.object.get(relation.object)
    }
    return way.length > 0 ? [way.join('.')] : []
  })
  return [...new Set(ways)]
}

/** Ways that the caller may not go are left out: then each is tried by itself. */
async function include(
  context: RecordContext,
  object: CompiledObject,
  record: PresentedRecord,
  ways: string[],
): Promise<void> {
  if (ways.length === 0 || (await goes(context, object, record, ways))) return
  const open: string[] = []
  for (const way of ways) if (await goes(context, object, { ...record }, [way])) open.push(way)
  if (open.length > 0) await includeRelated(context, object, [record], open)
}

async function goes(
  context: RecordContext,
  object: CompiledObject,
  record: PresentedRecord,
  ways: string[],
): Promise<boolean> {
  try {
    await includeRelated(context, object, [record], ways)
    return true
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return false
    throw error
  }
}

interface Reading {
  model: TenantModel
  people: Awaited<ReturnType<typeof readPeople>>
  locale: string
}

/** Options by their labels, people by their names, rich text without tags: what a letter would say. */
function readable(reading: Reading, record: PresentedRecord): Record<string, unknown> {
  const object = reading.model.object.get(record.object as string)
  if (!object) return record
  const entries = Object.entries(record).map(([key, value]) => {
    const field = object.field.get(key)
    if (field && !isRelated(value)) return [key, fieldValue(reading, field, value)]
    return [key, related(reading, value)]
  })
  const owner = reading.people.get(String(record.ownerId))
  return { ...Object.fromEntries(entries), owner: owner ? { title: owner.name, ...owner } : null }
}

const isRecord = (value: unknown): value is PresentedRecord =>
  typeof value === 'object' && value !== null && 'object' in value && 'version' in value

const isRelated = (value: unknown): boolean => (Array.isArray(value) ? value.some(isRecord) : isRecord(value))

const related = (reading: Reading, value: unknown): unknown =>
  Array.isArray(value) ? value.map((one) => related(reading, one)) : isRecord(value) ? readable(reading, value) : value

const shownAsText = new Set(['percent', 'duration', 'phone', 'address', 'time', 'checklist', 'file'])

function fieldValue({ model, people, locale }: Reading, field: CompiledField, value: unknown): unknown {
  if (value === null || value === undefined) return null
  const { type } = field
  if (type === 'select' || type === 'multiselect') {
    const labels = [value].flat().map((one) => {
      const option = field.optionByValue.get(String(one))
      return option ? labelIn(option.label, locale) : String(one)
    })
    return type === 'select' ? labels[0] : labels
  }
  if (type === 'user') return people.get(String(value))?.name ?? null
  if (type === 'richtext') return textOfHtml(String(value))
  return shownAsText.has(type) ? displayText(field, value as StoredValue, locale, model.timeZone) : value
}

const tenantFields = new Set(['name'])
const userFields = new Set(['name', 'email'])
const ownerFields = new Set(['title', 'name', 'email'])

/**
 * What is wrong with a way, in words; undefined where nothing is.
 *
 * @param object of whose records the text speaks; undefined where of none.
 */
export function problemOf(model: TenantModel, object: CompiledObject | undefined, path: string[]): string | undefined {
  const [root, ...steps] = path
  const whole = `{{ ${path.join('.')} }}`
  if (root === 'tenant' && tenantFields.has(steps.join('.'))) return undefined
  if (root === 'user' && userFields.has(steps.join('.'))) return undefined
  if (root !== 'record' || steps.length === 0) {
    return `${whole} cannot be filled: write record.…, tenant.name, user.name or user.email.`
  }
  if (!object) return `${whole} cannot be filled: choose of whose records the template is.`
  return problemAlong(model, object, steps, whole)
}

function problemAlong(model: TenantModel, from: CompiledObject, steps: string[], whole: string): string | undefined {
  let at: CompiledObject = from
  for (const [index, step] of steps.entries()) {
    if (/^\d+$|^(?:first|last|size)$/.test(step)) continue
    const rest = steps.slice(index + 1)
    const relation = at.relation.get(step)
    if (relation) {
      at = model.object.get(relation.object) ?? at
      continue
    }
    if (step === 'owner')
      return rest.every((one) => ownerFields.has(one)) ? undefined : `${whole}: an owner has title, name and email.`
    const field = at.field.get(step)
    if (field || isSystemAttribute(step))
      return rest.length === 0 || field?.type === 'money' || isPart(rest)
        ? undefined
        : `${whole}: “${step}” leads no further.`
    return `${whole}: “${step}” is no field of ${inLocale(at.labelPlural, model.locale)} (${at.slug}).`
  }
  return undefined
}

const isPart = (rest: string[]): boolean => rest.length === 1 && /^(?:\d+|first|last|size)$/.test(rest[0]!)
