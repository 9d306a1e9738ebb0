/**
 * The keys under which a record meets those it is compared with. A rule gives one key made of all that has to be equal;
 * where something has only to be similar, one for each of its words, by their sound: a typing error spoils one of them.
 */
import { createHash } from 'node:crypto'
import { type RawBuilder, type Row, sql } from '../../database/index.ts'
import { type CompiledObject, type DuplicateRule, holdModel } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import type { RecordData } from '../project.ts'
import { dataColumn } from '../row.ts'
import { comparedText, words } from './likeness.ts'
import { comparedBy, duplicateSettings } from './settings.ts'

export interface DuplicateKey {
  rule: string
  key: string
}

/** Longer keys stand by their hash. */
const longest = 100
/** Words of a text by which it is found; the rest of a long one adds nothing. */
const mostWords = 8

export function duplicateKeys(object: CompiledObject, data: RecordData): DuplicateKey[] {
  return duplicateSettings(object).rules.flatMap((rule) => {
    const name = comparedBy(object, rule)
    return [...new Set(keysOfRule(rule, data))].map((key) => ({ rule: name, key: bounded(key) }))
  })
}

function keysOfRule({ parts }: DuplicateRule, data: RecordData): string[] {
  const equal: string[] = []
  let sounds: string[] | undefined
  for (const { field, compare } of parts) {
    const text = comparedText(compare, data[field])
    if (text === '') return []
    // Of several texts that have to be similar, one is enough to find the record by.
    if (compare === 'similar') sounds ??= words(text).slice(0, mostWords).map(soundOf)
    else equal.push(text)
  }
  const start = equal.length > 0 ? JSON.stringify(equal) : ''
  return sounds ? sounds.map((sound) => `${start}~${sound}`) : [start]
}

const groups: [letters: string, code: string][] = [
  ['bfpv', '1'],
  ['cgjkqsxz', '2'],
  ['dt', '3'],
  ['l', '4'],
  ['mn', '5'],
  ['r', '6'],
]
const codeOf = new Map(groups.flatMap(([letters, code]) => [...letters].map((letter) => [letter, code] as const)))

/** Soundex: the first letter and the next three consonants by their kind. Other scripts stand by their first letters. */
export function soundOf(word: string): string {
  if (!/^[a-z]/.test(word)) return word.slice(0, 4)
  let sound = word[0]!
  let last = codeOf.get(sound)
  for (const letter of word.slice(1)) {
    const code = codeOf.get(letter)
    if (code && code !== last) sound += code
    if (letter !== 'h' && letter !== 'w') last = code
    if (sound.length === 4) break
  }
  return sound
}

const bounded = (key: string): string =>
  key.length <= longest ? key : `#${createHash('sha256').update(key).digest('base64url')}`

interface KeyedRow extends Row {
  id: string
  data: RecordData
}

interface KeyedRecord {
  id: string
  data: RecordData
  changes: Record<string, unknown>
}

const rowsOf = (object: CompiledObject, records: KeyedRecord[]): string =>
  JSON.stringify(
    records.flatMap(({ id, data }) => duplicateKeys(object, data).map((key) => ({ ...key, record_id: id }))),
  )

const wantedKeys = (rows: string) => sql`, wanted_keys as materialized (
    select * from jsonb_to_recordset(${rows}::jsonb) as t(rule text, key text, record_id uuid))`

const keysAdded = ({ model }: RecordContext, object: CompiledObject) => sql`, keyed as (
    insert into duplicate_keys (tenant_id, object_id, rule, key, record_id)
    select ${model.tenantId}::uuid, ${object.id}::uuid, rule, key, record_id from wanted_keys order by rule, key, record_id
    on conflict do nothing)`

/** The part of the statement that makes records which writes their keys. */
export function firstKeys(context: RecordContext, object: CompiledObject, records: KeyedRecord[]): RawBuilder<unknown> {
  const rows = rowsOf(object, records)
  return rows === '[]' ? sql`` : sql`${wantedKeys(rows)}${keysAdded(context, object)}`
}

/** The part of the statement that changes records which brings their keys in line. */
export function changedKeys(
  context: RecordContext,
  object: CompiledObject,
  records: KeyedRecord[],
): RawBuilder<unknown> {
  const fields = new Set(duplicateSettings(object).rules.flatMap(({ parts }) => parts.map(({ field }) => field)))
  const changed = records.filter(({ changes }) => Object.keys(changes).some((key) => fields.has(key)))
  if (changed.length === 0) return sql``
  const ids = changed.map(({ id }) => id)
  return sql`${wantedKeys(rowsOf(object, changed))}, unkeyed as (
      delete from duplicate_keys k where k.tenant_id = ${context.model.tenantId} and k.record_id = any(${ids}::uuid[])
        and not exists (select from wanted_keys w where w.record_id = k.record_id and w.rule = k.rule and w.key = k.key)
    )${keysAdded(context, object)}`
}

/** Writes the keys of records that have none yet, or other ones. */
export async function writeKeys(
  context: RecordContext,
  object: CompiledObject,
  records: { id: string; data: RecordData }[],
): Promise<void> {
  const rows = rowsOf(
    object,
    records.map((record) => ({ ...record, changes: {} })),
  )
  if (rows === '[]') return
  await context.tx.query(
    sql`with nothing as (select)${wantedKeys(rows)}${keysAdded(context, object)} select true as done`,
  )
}

/** Records to a batch: few enough that nobody who writes waits long behind it. */
const batchSize = 100

/** Writes the keys of the object's next records, those in the trash too: they may come back. */
export async function writeNextKeys(
  context: RecordContext,
  { objectId }: { objectId: string },
  after: string | undefined,
): Promise<{ after: string; count: number } | undefined> {
  const { model, tx } = context
  const object = model.objectById.get(objectId)
  if (!object) return undefined
  const statement = sql<KeyedRow>`select r.id, ${dataColumn(object)} as data from records r
    where r.tenant_id = ${model.tenantId} and r.object_id = ${objectId} ${after ? sql`and r.id > ${after}::uuid` : sql``}
    order by r.id limit ${batchSize} for no key update`
  const rows = (await tx.batch<KeyedRow>([...holdModel(model), statement])).at(-1)!
  if (rows.length === 0) return undefined
  await writeKeys(context, object, rows)
  return { after: rows.at(-1)!.id, count: rows.length }
}
