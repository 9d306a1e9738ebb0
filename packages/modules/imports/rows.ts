/** Rows of a file turned into what the record store takes, with the problems that can be seen without writing. */
import { createHash } from 'node:crypto'
import { isId } from '@oneforge/kernel/database'
import { type CompiledField, type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import { foldText, parseValue } from '@oneforge/kernel/metadata/values'
import { type RecordContext, uniqueText, visibleTargets } from '@oneforge/kernel/records'
import type { TableRow } from './formats/table.ts'
import { type MappedField, mappedInput } from './mapping.ts'
import { movesInput } from './moves.ts'
import { type FoundBy, findNamed, listMembers, titleKey } from './names.store.ts'
import type { ImportPlan } from './plan.ts'

export interface CellProblem {
  /** Index of the column; of the first where several fill the field; -1 for the row as a whole. */
  column: number
  field: string
  message: string
}

export interface PreparedRow {
  line: number
  values: string[]
  /** For the record store; empty cells are left out. */
  input: Record<string, unknown>
  /** The value by which the record is looked up; undefined where the row has none. */
  matchValue: string | undefined
  /** Hashes of the values that no other row may have. */
  keys: string[]
  problems: CellProblem[]
}

/** Prepares rows together, so that the records and people they name are looked up at once. */
export async function prepareRows(context: RecordContext, plan: ImportPlan, rows: TableRow[]): Promise<PreparedRow[]> {
  const prepared = rows.map((row) => readCells(plan, row))
  for (const mapped of plan.mapping.fields) {
    if (mapped.field.type === 'relation') await resolveRecords(context, plan, mapped, prepared)
    if (mapped.field.type === 'user') await resolveMembers(context, mapped, prepared)
  }
  for (const row of prepared) addKeys(plan, row)
  return prepared
}

function readCells(plan: ImportPlan, { line, values: read, problem }: TableRow): PreparedRow {
  const values = corrected(read, plan.edits.get(line))
  const row: PreparedRow = { line, values, input: {}, matchValue: undefined, keys: [], problems: [] }
  if (problem) row.problems.push({ column: -1, field: '', message: problem })
  for (const mapped of plan.mapping.fields) {
    const { key } = mapped.field
    const input = mappedInput(mapped, values, plan.notations[key] ?? plan.defaults, plan.values.today)
    if (input !== undefined) row.input[key] = input
  }
  const stageMoves = movesInput(plan.mapping.moves, values, row.input)
  if (stageMoves) row.input.stageMoves = stageMoves
  return row
}

function corrected(values: string[], edits: { column: number; value: string }[] | undefined): string[] {
  if (!edits) return values
  const changed = [...values]
  for (const { column, value } of edits) if (column < changed.length) changed[column] = value
  return changed
}

/** Names how a field's texts were understood: one id each, or why not. */
type Resolved = { id: string } | { problem: string }

async function resolveRecords(
  context: RecordContext,
  { object }: ImportPlan,
  mapped: MappedField,
  rows: PreparedRow[],
): Promise<void> {
  const relation = object.relation.get(mapped.field.key)
  const others = relation ? visibleTargets(context, object, relation) : []
  if (others.length === 0) return
  const texts = textsOf(mapped.field, rows).filter((text) => !isId(text))
  const found: { other: CompiledObject; byKey: Map<string, { id: string }[]> }[] = []
  for (const other of others) {
    const named = await findNamed(context, other, texts)
    found.push({ other, byKey: Map.groupBy(named, ({ by, name }) => `${by} ${name}`) })
  }
  const idsBy = (by: FoundBy, nameIn: (other: CompiledObject) => string) => [
    ...new Set(found.flatMap(({ other, byKey }) => (byKey.get(`${by} ${nameIn(other)}`) ?? []).map(({ id }) => id))),
  ]
  const what = others.map(({ label }) => inLocale(label, context.locale).toLowerCase()).join(' / ')
  const slugs = others.map(({ slug }) => slug).join(' or ')
  resolve(mapped, rows, (text) => {
    const ways = [
      isId(text) ? [text] : [],
      idsBy('number', () => text.toUpperCase()),
      idsBy('email', () => text.toLowerCase()),
      idsBy('title', (other) => titleKey(other, text)),
    ]
    const ids = ways.find((way) => way.length > 0) ?? []
    if (ids.length === 1) return { id: ids[0]! }
    return {
      problem:
        ids.length === 0
          ? `there is no ${what} called “${text}” that you may see`
          : `${ids.length} of ${slugs} are called “${text}”: write the record number or the e-mail address`,
    }
  })
}

async function resolveMembers(context: RecordContext, mapped: MappedField, rows: PreparedRow[]): Promise<void> {
  if (textsOf(mapped.field, rows).length === 0) return
  const members = await listMembers(context.tx, context.model.tenantId)
  const byEmail = new Map(members.map((member) => [member.email, member.id]))
  const byName = Map.groupBy(members, (member) => foldText(member.name))
  resolve(mapped, rows, (text) => {
    const email = byEmail.get(text.toLowerCase())
    const named = byName.get(foldText(text)) ?? []
    if (isId(text) || email) return { id: email ?? text }
    if (named.length === 1) return { id: named[0]!.id }
    return {
      problem:
        named.length === 0
          ? `nobody in this workspace is called “${text}”`
          : `${named.length} people are called “${text}”: write the e-mail address`,
    }
  })
}

/** The distinct texts by which the rows name something in this field. */
const textsOf = (field: CompiledField, rows: PreparedRow[]): string[] => [
  ...new Set(rows.flatMap((row) => (row.input[field.key] as string[] | undefined) ?? [])),
]

/** Puts ids in the place of texts. */
function resolve(mapped: MappedField, rows: PreparedRow[], find: (text: string) => Resolved): void {
  const { field, columns } = mapped
  for (const row of rows) {
    const texts = row.input[field.key] as string[] | undefined
    if (!texts) continue
    const ids: string[] = []
    for (const text of texts) {
      const resolved = find(text)
      if ('id' in resolved) ids.push(resolved.id)
      else row.problems.push({ column: columns[0]!, field: field.key, message: resolved.problem })
    }
    if (ids.length < texts.length) delete row.input[field.key]
    else row.input[field.key] = field.relation?.many ? ids : ids[0]
  }
}

/** The canonical text of a mapped value, as it is compared; undefined for none, or one that will be refused. */
function comparable(plan: ImportPlan, { field }: MappedField, row: PreparedRow): string | undefined {
  const parsed = parseValue(field, row.input[field.key], plan.values)
  return parsed.ok && parsed.value !== null ? uniqueText(parsed.value, field.ignoreAccents) : undefined
}

function addKeys(plan: ImportPlan, row: PreparedRow): void {
  const { match, mapping, uniques } = plan
  if (match?.field) row.matchValue = comparable(plan, match.field, row)
  else if (match) row.matchValue = row.values[mapping.recordNumberColumn!]?.trim().toUpperCase() || undefined
  if (row.matchValue !== undefined) row.keys.push(keyOf(match!.key, row.matchValue))
  for (const unique of uniques) {
    const value = unique === match?.field ? undefined : comparable(plan, unique, row)
    if (value !== undefined) row.keys.push(keyOf(unique.field.key, value))
  }
}

/** A hash, because the values are people's data and live in a table of their own for as long as the import does. */
const keyOf = (field: string, value: string): string =>
  `${field}/${createHash('sha256').update(value).digest('base64url').slice(0, 22)}`

/** The field that a key is of. */
export const fieldOfKey = (key: string): string => key.slice(0, key.lastIndexOf('/'))

/** All that is wrong in the cells of a row, as far as it can be told without writing. */
export function checkRow(plan: ImportPlan, row: PreparedRow): CellProblem[] {
  const problems = [...row.problems]
  for (const { field, columns } of plan.mapping.fields) {
    if (problems.some((problem) => problem.field === field.key)) continue
    const given = row.input[field.key]
    const parsed = parseValue(field, given, plan.values)
    const missing = field.required && plan.mode === 'create' && parsed.ok && parsed.value === null
    if (!parsed.ok) problems.push({ column: columns[0]!, field: field.key, message: parsed.message })
    else if (missing && field.default === undefined && field.key !== plan.object.roles.stage) {
      problems.push({ column: columns[0]!, field: field.key, message: 'is required' })
    }
  }
  return problems
}
