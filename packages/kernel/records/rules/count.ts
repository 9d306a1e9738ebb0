/** Records that break rules, for whoever makes the rules: looked for among those that they see. */
import { filterAccess } from '../../access/index.ts'
import { allOf, plannedForValues, sql } from '../../database/index.ts'
import { type Filter, filterToSql } from '../../expressions/index.ts'
import type { CompiledObject, ValidationRule } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { type Selection, select } from '../list.ts'
import { presentRecord, type RecordRow, recordColumns } from '../row.ts'
import { breaksRule, judgeOf } from './judge.ts'
import { type CheckedRule, readCheck, rulesOfChecks } from './read.ts'
import { linksByRelation, type StoredRecord, stateBefore, valuesOf } from './state.ts'

export interface BrokenRule {
  key: string
  /** How many records were looked at. */
  checked: number
  broken: number
  examples: { id: string; recordNumber: string; title: string | null }[]
}

const mostExamples = 20
/** Formulas are worked out record by record, so they are asked of the newest ones only. */
const mostByFormula = 20_000
const batchSize = 2_000

/** How many of the living records that the caller sees break each of the rules, which may be drafts. */
export async function countBroken(
  context: RecordContext,
  object: CompiledObject,
  rules: ValidationRule[],
): Promise<BrokenRule[]> {
  const selection = select(context, object, {})
  const counted: BrokenRule[] = []
  for (const rule of rules) {
    const read = readCheck(context.model, object, rule)
    if (!read) continue
    counted.push(
      'filter' in read.check
        ? await countByFilter(context, object, selection, read, read.check.filter)
        : await countByFormula(context, object, selection, read),
    )
  }
  return counted
}

async function countByFilter(
  context: RecordContext,
  object: CompiledObject,
  selection: Selection,
  { rule, when }: CheckedRule,
  check: Filter,
): Promise<BrokenRule> {
  const broken = { and: [...(when ? [when.filter] : []), { not: check }] }
  const { policy, now, model } = context
  const settings = {
    alias: 'r',
    access: filterAccess(policy, model),
    me: policy.userId ?? '',
    now,
    timeZone: model.timeZone,
  }
  const conditions = [...selection.conditions, filterToSql(broken, settings)]
  const [counts, all, rows] = (await context.tx.batch([
    plannedForValues(sql`select count(*)::int as count from records r where ${allOf(conditions)}`),
    plannedForValues(sql`select count(*)::int as count from records r where ${allOf(selection.conditions)}`),
    plannedForValues(sql`select ${recordColumns(model, policy, object)} from records r where ${allOf(conditions)}
      order by r.created_at desc, r.id desc limit ${mostExamples}`),
  ])) as unknown as [[{ count: number }], [{ count: number }], RecordRow[]]
  const examples = rows.map((row) => exampleOf(context, object, row))
  return { key: rule.key, checked: all[0].count, broken: counts[0].count, examples }
}

type CountedRow = RecordRow & { all_links: [relationId: string, otherId: string][] | null }

async function countByFormula(
  context: RecordContext,
  object: CompiledObject,
  selection: Selection,
  read: CheckedRule,
): Promise<BrokenRule> {
  const counted: BrokenRule = { key: read.rule.key, checked: 0, broken: 0, examples: [] }
  for (let last: string | undefined; counted.checked < mostByFormula; ) {
    const rows = await nextRows(context, object, selection, last)
    const changes = rows.map((row) => ({ before: existingOf(row) }))
    const judge = await judgeOf(context, object, changes, rulesOfChecks([read]))
    for (const [index, row] of rows.entries()) {
      if (!breaksRule(judge, read, valuesOf(object, stateBefore(changes[index]!.before)))) continue
      counted.broken += 1
      if (counted.examples.length < mostExamples) counted.examples.push(exampleOf(context, object, row))
    }
    counted.checked += rows.length
    last = rows.at(-1)?.id
    if (rows.length < batchSize) break
  }
  return counted
}

/** Ids follow the time, so the newest come first. */
function nextRows(
  { tx, model, policy }: RecordContext,
  object: CompiledObject,
  selection: Selection,
  last: string | undefined,
): Promise<CountedRow[]> {
  const conditions = [...selection.conditions, ...(last ? [sql`r.id < ${last}`] : [])]
  return tx.query<CountedRow>(
    plannedForValues(sql`select ${recordColumns(model, policy, object)}, (
        select jsonb_agg(jsonb_build_array(l.relation_id, l.to_id)) from links l
        where l.tenant_id = ${model.tenantId} and l.from_id = r.id) as all_links
      from records r where ${allOf(conditions)} order by r.id desc limit ${batchSize}`),
  )
}

const existingOf = (row: CountedRow): StoredRecord => ({
  id: row.id,
  owner_id: row.owner_id,
  location_id: row.location_id,
  data: row.data,
  links: linksByRelation(row.all_links),
  row,
})

function exampleOf(context: RecordContext, object: CompiledObject, row: RecordRow): BrokenRule['examples'][number] {
  const { id, recordNumber, title } = presentRecord(context.model, context.policy, object, row)
  return { id, recordNumber: recordNumber as string, title: title as string | null }
}
