/**
 * Looks for records that may be the same as one that is being made. What the caller may see is shown with its reasons; of
 * what they may not see they learn that there is something, and whom to ask, and never more: not how many, not which. The
 * same statements run whatever is found.
 */
import { fieldAccess, forRecord, mayExpression, requireAction, systemPolicy } from '../../access/index.ts'
import { type RawBuilder, type Row, sql } from '../../database/index.ts'
import { conflict } from '../../errors/index.ts'
import { type CompiledObject, inLocale } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { inputContext } from '../create.ts'
import { parseInput } from '../input.ts'
import type { RecordData } from '../project.ts'
import { leaveTrail } from '../reading.ts'
import { type RecordRow, recordColumns } from '../row.ts'
import { type DuplicateKey, duplicateKeys } from './keys.ts'
import { likeness } from './likeness.ts'
import { duplicateSettings } from './settings.ts'

/** Records that share one key; where more do, the key says nothing (the telephone of a reception). */
export const mostAlike = 200
/** So many are shown, the surest first. */
const mostShown = 10

export interface DuplicateReason {
  rule: string
  parts: { field: string; label: string; compare: string }[]
}

export interface DuplicateCandidate {
  id: string
  recordNumber: string
  title: string | null
  score: number
  reasons: DuplicateReason[]
}

export interface FoundDuplicates {
  candidates: DuplicateCandidate[]
  /** There is one that the caller may not see: who can tell them more. */
  beyond: { ask: { id: string; name: string }[] } | null
}

/** The values of a new record, as far as they can be read. */
export function comparedValues(
  context: RecordContext,
  object: CompiledObject,
  input: Record<string, unknown>,
): RecordData {
  const { values } = parseInput(object, input, 'patch', inputContext(context))
  return Object.fromEntries([...values].filter((entry): entry is [string, RecordData[string]] => entry[1] !== null))
}

type CandidateRow = RecordRow & { seen: boolean }

/** Living records that share a key with these values, whoever may see them. */
export function candidatesStatement(
  context: RecordContext,
  object: CompiledObject,
  keys: DuplicateKey[],
  except: string | undefined,
): RawBuilder<CandidateRow> {
  const { model, policy } = context
  return sql<CandidateRow>`with sharing as materialized (
      select distinct k.record_id from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as w(rule text, key text),
        lateral (select d.record_id from duplicate_keys d where d.tenant_id = ${model.tenantId} and d.object_id = ${object.id}
          and d.rule = w.rule and d.key = w.key limit ${mostAlike}) as k
    ) select ${recordColumns(model, policy, object)}, ${mayExpression(policy, object, 'read', 'r')} as seen
    from sharing join records r on r.tenant_id = ${model.tenantId} and r.id = sharing.record_id
    where r.object_id = ${object.id} and r.deleted_at is null and r.id is distinct from ${except ?? null}::uuid`
}

type Person = Row & { id: string; name: string }

/** Those who look after people and their rights: they can look, or give the right to. */
function administratorsStatement({ model }: RecordContext): RawBuilder<Person> {
  const keys = [...model.roles.values()]
    .filter(({ admin }) => admin?.some((permission) => permission === '*' || permission === 'users'))
    .map(({ key }) => key)
  return sql<Person>`select distinct u.id, u.name from memberships m
      join membership_roles h on h.tenant_id = ${model.tenantId} and h.user_id = m.user_id
      join roles o on o.tenant_id = ${model.tenantId} and o.id = h.role_id
      join users u on u.id = m.user_id
    where m.tenant_id = ${model.tenantId} and m.status = 'active' and o.key = any(${keys}::text[])
    order by u.name, u.id limit 3`
}

/** Records that may be the same as one with these values. */
export async function findDuplicates(
  context: RecordContext,
  object: CompiledObject,
  data: RecordData,
  except?: string,
): Promise<FoundDuplicates> {
  const settings = duplicateSettings(object)
  if (settings.rules.length === 0) return { candidates: [], beyond: null }
  const keys = duplicateKeys(object, data)
  const [rows, administrators] = (await context.tx.batch<Row>([
    candidatesStatement(context, object, keys, except),
    administratorsStatement(context),
  ])) as unknown as [CandidateRow[], Person[]]
  const candidates: DuplicateCandidate[] = []
  let isBeyond = false
  for (const row of rows) {
    if (likeness(settings, data, row.data).score < settings.threshold) continue
    const candidate = row.seen ? shownCandidate(context, object, data, row) : undefined
    if (candidate) candidates.push(candidate)
    else isBeyond = true
  }
  candidates.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  const shown = candidates.slice(0, mostShown)
  leaveTrail(
    context,
    object,
    shown.map(({ id }) => id),
  )
  const ask = administrators.map(({ id, name }) => ({ id, name }))
  return { candidates: shown, beyond: isBeyond ? { ask } : null }
}

/** Undefined where only fields that are hidden from the caller say so. */
function shownCandidate(
  context: RecordContext,
  object: CompiledObject,
  data: RecordData,
  row: CandidateRow,
): DuplicateCandidate | undefined {
  const settings = duplicateSettings(object)
  const policy = forRecord(context.policy, object, row.voices)
  const isSeen = (key: string): boolean => fieldAccess(policy, object, key) !== 'hidden'
  const { score, reasons } = likeness(settings, data, row.data, isSeen)
  if (score < settings.threshold) return undefined
  return {
    id: row.id,
    recordNumber: row.record_number,
    title: isSeen(object.roles.title) ? row.title : null,
    score,
    reasons: describeReasons(context, object, reasons),
  }
}

export function describeReasons(
  { locale }: Pick<RecordContext, 'locale'>,
  object: CompiledObject,
  reasons: string[],
): DuplicateReason[] {
  return duplicateSettings(object)
    .rules.filter(({ key }) => reasons.includes(key))
    .map(({ key, parts }) => ({
      rule: key,
      parts: parts.map(({ field, compare }) => ({
        field,
        label: inLocale(object.field.get(field)!.label, locale),
        compare,
      })),
    }))
}

/**
 * What there is to say of a record that is about to be made; nothing where it is like no other.
 *
 * @throws CONFLICT where `refuse` is asked for and there is something.
 */
export async function duplicatesOfNew(
  context: RecordContext,
  object: CompiledObject,
  input: Record<string, unknown>,
  { refuse }: { refuse: boolean },
): Promise<FoundDuplicates | undefined> {
  requireAction(context.policy, object, 'create')
  if (duplicateSettings(object).rules.length === 0) return undefined
  const found = await findDuplicates(context, object, comparedValues(context, object, input))
  if (found.candidates.length === 0 && !found.beyond) return undefined
  if (refuse) {
    throw conflict(
      `There is one of ${object.labelPlural.en.toLowerCase()} already that may be the same. Look at it first, or send the record without duplicates=refuse.`,
      { data: found },
    )
  }
  return found
}

export interface SimilarRecord {
  id: string
  score: number
  reasons: string[]
}

/** Living records that may be the same as this one, for the queue: with the eyes of the system. */
export async function recordsLike(
  context: RecordContext,
  object: CompiledObject,
  record: { id: string; data: RecordData },
): Promise<SimilarRecord[]> {
  const settings = duplicateSettings(object)
  const everybody = { ...context, policy: systemPolicy(context.model) }
  const keys = duplicateKeys(object, record.data)
  if (keys.length === 0) return []
  const rows = await context.tx.query<CandidateRow>(candidatesStatement(everybody, object, keys, record.id))
  return rows.flatMap((row) => {
    const alike = likeness(settings, record.data, row.data)
    return alike.score >= settings.threshold ? [{ id: row.id, ...alike }] : []
  })
}
