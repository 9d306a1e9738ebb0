/** Pairs of records that may be the same. */
import { mayExpression } from '@oneforge/kernel/access'
import { newId, type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext, RecordData, RecordRow } from '@oneforge/kernel/records'
import { dataColumn, recordColumns } from '@oneforge/kernel/records'

export type PairState = 'open' | 'dismissed' | 'merged'

export interface FoundPair {
  first: string
  second: string
  score: number
  reasons: string[]
}

/** The two ids in the order in which a pair is stored. */
export const inOrder = (a: string, b: string): [string, string] => (a < b ? [a, b] : [b, a])

/** Writes pairs that were found; what somebody has decided on stays decided. */
export async function savePairs(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  pairs: FoundPair[],
): Promise<void> {
  if (pairs.length === 0) return
  const rows = pairs.map((pair) => ({ ...pair, id: newId() }))
  await tx.query(sql`insert into duplicate_pairs (tenant_id, id, object_id, first_id, second_id, score, reasons)
    select ${tenantId}, id, ${objectId}, first, second, score, reasons
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, first uuid, second uuid, score int, reasons text[])
    order by first, second
    on conflict (tenant_id, first_id, second_id) do update set score = excluded.score, reasons = excluded.reasons
      where duplicate_pairs.state = 'open'`)
}

/** Forgets open pairs of the record with others than these: they are no longer alike. */
export async function forgetPairs(tx: Transaction, tenantId: string, id: string, others: string[]): Promise<void> {
  await tx.query(sql`delete from duplicate_pairs where tenant_id = ${tenantId} and state = 'open'
    and (first_id = ${id} and second_id <> all(${others}::uuid[]) or second_id = ${id} and first_id <> all(${others}::uuid[]))`)
}

/** Forgets open pairs of the object that a scan begun at this moment has not found again. */
export async function forgetOlderPairs(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  rules: string[],
): Promise<void> {
  await tx.query(sql`delete from duplicate_pairs where tenant_id = ${tenantId} and object_id = ${objectId}
    and state = 'open' and not reasons && ${rules}::text[]`)
}

export interface PairRow extends Row {
  id: string
  object_id: string
  first_id: string
  second_id: string
  score: number
  reasons: string[]
  state: PairState
  found_at: string
  decided_at: string | null
}

const pairColumns = sql.raw(
  'p.id, p.object_id, p.first_id, p.second_id, p.score, p.reasons, p.state, p.found_at, p.decided_at',
)

/** Both records are there and the caller may see them; of merged ones the other is in the trash. */
function bothSeen({ model, policy }: RecordContext, object: CompiledObject): RawBuilder<unknown> {
  const seen = (alias: string) => mayExpression(policy, object, 'read', alias)
  return sql`exists (select from records a, records b
    where a.tenant_id = ${model.tenantId} and a.id = p.first_id and b.tenant_id = ${model.tenantId} and b.id = p.second_id
      and (p.state = 'merged' or a.deleted_at is null and b.deleted_at is null) and ${seen('a')} and ${seen('b')})`
}

/** What one page asks for; the cursor is the score and id of the last pair shown. */
export interface PairQuery {
  state: PairState
  limit: number
  after?: { score: number; id: string }
}

/** The pairs of an object, the surest first; only those for which a rule speaks that the caller may know of. */
export const listPairs = (
  context: RecordContext,
  object: CompiledObject,
  rules: string[],
  { state, limit, after }: PairQuery,
): Promise<PairRow[]> =>
  context.tx.query<PairRow>(sql<PairRow>`select ${pairColumns} from duplicate_pairs p
    where p.tenant_id = ${context.model.tenantId} and p.object_id = ${object.id} and p.state = ${state}
      and p.reasons && ${rules}::text[]
      ${after ? sql`and (p.score < ${after.score} or p.score = ${after.score} and p.id > ${after.id}::uuid)` : sql``}
      and ${bothSeen(context, object)}
    order by p.score desc, p.id limit ${limit}`)

/** The pair, held until the transaction ends. */
export async function lockPair({ tx, model }: RecordContext, id: string): Promise<PairRow | undefined> {
  const [row] = await tx.query<PairRow>(
    sql<PairRow>`select ${pairColumns} from duplicate_pairs p where p.tenant_id = ${model.tenantId} and p.id = ${id} for update`,
  )
  return row
}

export async function isPairSeen(context: RecordContext, object: CompiledObject, id: string): Promise<boolean> {
  const rows = await context.tx.query(sql`select p.id from duplicate_pairs p
    where p.tenant_id = ${context.model.tenantId} and p.id = ${id} and ${bothSeen(context, object)}`)
  return rows.length > 0
}

export async function decidePair({ tx, model, actor }: RecordContext, id: string, state: PairState): Promise<void> {
  await tx.query(sql`update duplicate_pairs set state = ${state}, decided_at = ${state === 'open' ? null : sql`now()`},
    decided_by = ${state === 'open' ? null : actor.userId} where tenant_id = ${model.tenantId} and id = ${id}`)
}

/** Marks the pair of these two, where there is one. */
export async function markPair(
  { tx, model, actor }: RecordContext,
  ids: [string, string],
  state: PairState,
): Promise<void> {
  const [first, second] = inOrder(...ids)
  await tx.query(sql`update duplicate_pairs set state = ${state}, decided_at = ${state === 'open' ? null : sql`now()`},
    decided_by = ${state === 'open' ? null : actor.userId}
    where tenant_id = ${model.tenantId} and first_id = ${first} and second_id = ${second}`)
}

/** The records of pairs as the caller may see them, also those in the trash. */
export async function recordsOfPairs(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
): Promise<Map<string, RecordRow>> {
  const { model, policy } = context
  const rows =
    await context.tx.query<RecordRow>(sql<RecordRow>`select ${recordColumns(model, policy, object)} from records r
    where r.tenant_id = ${model.tenantId} and r.id = any(${ids}::uuid[]) and ${mayExpression(policy, object, 'read', 'r')}`)
  return new Map(rows.map((row) => [row.id, row]))
}

export interface ValuesRow extends Row {
  id: string
  data: RecordData
}

/** Living records of the object with their values. */
export const valuesOf = ({ tx, model }: RecordContext, object: CompiledObject, ids: string[]): Promise<ValuesRow[]> =>
  tx.query<ValuesRow>(sql<ValuesRow>`select r.id, ${dataColumn(object)} as data from records r
    where r.tenant_id = ${model.tenantId} and r.id = any(${ids}::uuid[]) and r.deleted_at is null`)

/** The records after this one in the order of ids, those in the trash too: they may come back. */
export const valuesAfter = (
  { tx, model }: RecordContext,
  object: CompiledObject,
  after: string,
  limit: number,
): Promise<ValuesRow[]> =>
  tx.query<ValuesRow>(sql<ValuesRow>`select r.id, ${dataColumn(object)} as data from records r
    where r.tenant_id = ${model.tenantId} and r.object_id = ${object.id} and r.id > ${after} order by r.id limit ${limit}`)

/** The newest records that the caller may read. */
export const newestRows = (context: RecordContext, object: CompiledObject, limit: number): Promise<RecordRow[]> =>
  context.tx.query<RecordRow>(sql<RecordRow>`select ${recordColumns(context.model, context.policy, object)} from records r
    where r.tenant_id = ${context.model.tenantId} and r.object_id = ${object.id} and r.deleted_at is null
      and ${mayExpression(context.policy, object, 'read', 'r')} order by r.created_at desc, r.id desc limit ${limit}`)

/** Keys of rules that are no longer compared by. */
export async function forgetKeys({ tx, model }: RecordContext, object: CompiledObject, rules: string[]): Promise<void> {
  await tx.query(sql`delete from duplicate_keys where tenant_id = ${model.tenantId} and object_id = ${object.id}
    and rule <> all(${rules}::text[])`)
}

export interface BlockRow extends Row {
  rule: string
  key: string
  size: number
  /** Null where too many share the key for it to mean anything. */
  ids: string[] | null
}

/** The next keys that several records share. */
export const blocksAfter = (
  { tx, model }: RecordContext,
  object: CompiledObject,
  after: { rule: string; key: string },
  { limit, most }: { limit: number; most: number },
): Promise<BlockRow[]> =>
  tx.query<BlockRow>(sql<BlockRow>`select rule, key, count(*)::int as size,
      case when count(*) <= ${most} then array_agg(record_id) end as ids
    from duplicate_keys where tenant_id = ${model.tenantId} and object_id = ${object.id}
      and (rule, key) > (${after.rule}, ${after.key})
    group by rule, key having count(*) > 1 order by rule, key limit ${limit}`)

export async function countRecords({ tx, model }: RecordContext, object: CompiledObject): Promise<number> {
  const [row] = await tx.query<Row & { live: number }>(
    sql`select live from record_counters where tenant_id = ${model.tenantId} and object_id = ${object.id}`,
  )
  return Number(row?.live ?? 0)
}

/** How many pairs of the object wait for a decision. */
export async function countPairs({ tx, model }: RecordContext, object: CompiledObject): Promise<number> {
  const [row] = await tx.query<Row & { open: number }>(sql`select count(*)::int as open from duplicate_pairs
    where tenant_id = ${model.tenantId} and object_id = ${object.id} and state = 'open'`)
  return row!.open
}
