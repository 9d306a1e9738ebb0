/**
 * Orders and cursors. A list is walked by keyset: the cursor holds the values of the last row, so page 5,000 costs what
 * page 1 does. Empty values come last in both directions: a list sorted by a column that may be empty is two index
 * walks, one over the rows that have a value and one over the rest.
 */
import { type AccessPolicy, atBest, fieldAccess } from '../access/index.ts'
import { isId, type RawBuilder, sql } from '../database/index.ts'
import { type AppError, type FieldProblem, validationError } from '../errors/index.ts'
import { stayBegan, stayPlace } from '../expressions/index.ts'
import { type CompiledField, type CompiledObject, storedKey } from '../metadata/index.ts'
import { whereSeen } from './seen.ts'

export interface SortKey {
  name: string
  expression: RawBuilder<unknown>
  /** PostgreSQL type that a cursor's text is read as. */
  type: 'text' | 'timestamptz' | 'bigint' | 'float8' | 'uuid'
  descending: boolean
  nullable: boolean
  /** An index has the records of the object in this order. */
  indexed?: boolean
}

type Key = Pick<SortKey, 'expression' | 'type' | 'nullable' | 'indexed'>

const textKey = (expression: RawBuilder<unknown>, nullable: boolean) => ({
  expression,
  type: 'text' as const,
  nullable,
})

const systemKeys: Record<string, Key> = {
  id: { expression: sql`r.id`, type: 'uuid', nullable: false },
  recordNumber: { ...textKey(sql`r.record_number`, false), indexed: true },
  title: { ...textKey(sql`r.title_key`, false), indexed: true },
  stage: textKey(sql`r.stage`, true),
  version: { expression: sql`r.version::bigint`, type: 'bigint', nullable: false },
  createdAt: { expression: sql`r.created_at`, type: 'timestamptz', nullable: false, indexed: true },
  stageSince: { expression: sql`coalesce(r.stage_since, r.created_at)`, type: 'timestamptz', nullable: false },
  updatedAt: { expression: sql`r.updated_at`, type: 'timestamptz', nullable: false, indexed: true },
  deletedAt: { expression: sql`r.deleted_at`, type: 'timestamptz', nullable: true },
}

const maxSortKeys = 5

/** Reads `-createdAt,full_name`; refuses what has no order or is hidden from the caller. */
export function parseSort(policy: AccessPolicy, object: CompiledObject, sort: string[]): SortKey[] {
  const problems: FieldProblem[] = []
  const keys: SortKey[] = []
  for (const part of sort.length > 0 ? sort : ['-createdAt']) {
    const descending = part.startsWith('-')
    const name = descending ? part.slice(1) : part
    const key = fieldKey(policy, object, name) ?? sinceKey(policy, object, name) ?? systemKey(policy, object, name)
    if (key) keys.push({ ...key, name, descending })
    else problems.push({ field: 'sort', message: `“${name}” is not something ${object.slug} can be sorted by` })
  }
  if (keys.length > maxSortKeys) problems.push({ field: 'sort', message: `takes at most ${maxSortKeys} fields` })
  if (problems.length > 0) throw validationError(problems)
  return keys
}

/** The order of a title or stage that is hidden would tell of it. */
function systemKey(policy: AccessPolicy, object: CompiledObject, name: string) {
  const mirrored = name === 'title' ? object.roles.title : name.startsWith('stage') ? object.roles.stage : undefined
  if (mirrored && fieldAccess(atBest(policy), object, mirrored) === 'hidden') return undefined
  const key = Object.hasOwn(systemKeys, name) ? systemKeys[name] : undefined
  return key && mirrored ? keyWhereSeen(policy, object, mirrored, key) : key
}

/** `stageSince.care`: since when records are in the stage of the pipeline with this key. */
function sinceKey(policy: AccessPolicy, object: CompiledObject, name: string): Key | undefined {
  const pipeline = object.pipelines.find(({ key }) => name === `stageSince.${key}`)
  if (!pipeline) return undefined
  if (pipeline.field === object.roles.stage) return systemKey(policy, object, 'stageSince')
  if (fieldAccess(atBest(policy), object, pipeline.field) === 'hidden') return undefined
  const expression = stayBegan(stayPlace(object, pipeline), 'r')
  return keyWhereSeen(policy, object, pipeline.field, { expression, type: 'timestamptz', nullable: true })
}

/** Records that do not show the field come last, in an order that does not tell of it. */
function keyWhereSeen(policy: AccessPolicy, object: CompiledObject, field: string, key: Key): Key {
  const expression = whereSeen(policy, object, field, key.expression)
  return expression === key.expression ? key : { ...key, expression, nullable: true, indexed: false }
}

function fieldKey(policy: AccessPolicy, object: CompiledObject, name: string): Key | undefined {
  const field = object.field.get(name)
  if (!field || fieldAccess(atBest(policy), object, name) === 'hidden') return undefined
  const key = keyOfField(field)
  return key && keyWhereSeen(policy, object, name, key)
}

function keyOfField(field: CompiledField): Key | undefined {
  if (field.storage.kind === 'slot') return { ...textKey(sql`r.${sql.ref(field.storage.column)}`, true), indexed: true }
  return field.storage.kind === 'role' ? roleKey(field) : jsonKey(field)
}

function roleKey(field: CompiledField): Key | undefined {
  if (field.storage.kind !== 'role') return undefined
  switch (field.storage.column) {
    case 'title':
      return systemKeys.title
    case 'amount_minor':
      return { expression: sql`r.amount_minor`, type: 'bigint', nullable: true, indexed: true }
    case 'starts_at':
    case 'ends_at':
    case 'due_at':
      return {
        expression: sql`r.${sql.ref(field.storage.column)}`,
        type: 'timestamptz',
        nullable: true,
        indexed: field.storage.column !== 'ends_at',
      }
    default:
      return textKey(sql`r.${sql.ref(field.storage.column)}`, true)
  }
}

const numericTypes = new Set(['number', 'integer', 'percent', 'duration', 'rating'])
const textTypes = new Set(['text', 'date', 'datetime', 'time', 'select', 'email', 'phone', 'url', 'boolean', 'user'])

/** A field without an order of its own on disk: the matching records are sorted as they are read. */
function jsonKey(field: CompiledField): Pick<SortKey, 'expression' | 'type' | 'nullable'> | undefined {
  if (numericTypes.has(field.type)) {
    return { expression: sql`(r.data ->> ${storedKey(field)})::float8`, type: 'float8', nullable: true }
  }
  if (field.type === 'money') {
    return { expression: sql`(r.data -> ${storedKey(field)} ->> 'amount')::float8`, type: 'float8', nullable: true }
  }
  return textTypes.has(field.type) ? textKey(sql`lower(r.data ->> ${storedKey(field)}) collate "C"`, true) : undefined
}

/** Where a page begins: the walk it belongs to (rows with a first value, or without) and the last row's values. */
export interface Cursor {
  walk: 0 | 1
  values: string[]
  id: string
}

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.walk, cursor.values, cursor.id])).toString('base64url')
}

export function decodeCursor(text: string, keys: SortKey[]): Cursor {
  try {
    const [walk, values, id] = JSON.parse(Buffer.from(text, 'base64url').toString())
    if ((walk === 0 || walk === 1) && isValueList(values, walkKeys(keys, walk).length) && isId(id)) {
      return { walk, values, id }
    }
  } catch {
    // falls through: whatever is wrong with it, the caller can only start again
  }
  throw foreignCursor()
}

const isValueList = (values: unknown, length: number): values is string[] =>
  Array.isArray(values) &&
  values.length === length &&
  values.every((value) => typeof value === 'string' && !value.includes('\0'))

const foreignCursor = (): AppError =>
  validationError([{ field: 'cursor', message: 'does not belong to this list; start again without it' }])

/** Class 22: a value that PostgreSQL cannot read as the type it should have. */
const isUnreadable = (error: unknown): boolean => (error as { code?: string }).code?.startsWith('22') ?? false

/** Reads with the values of a cursor, which come from the caller: one that cannot be read is the caller's mistake. */
export async function readFromCursor<T>(cursor: unknown, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw cursor && isUnreadable(error) ? foreignCursor() : error
  }
}

/**
 * The order inside a walk. The first one visits only rows that have the first key's value, which therefore stands bare
 * and can be walked along an index; the second visits the rest in the order they were made.
 */
export function walkKeys(keys: SortKey[], walk: 0 | 1): SortKey[] {
  if (walk === 0) return [{ ...keys[0]!, nullable: false }, ...keys.slice(1)]
  return [...keys.slice(1), { ...systemKeys.createdAt!, name: 'createdAt', descending: keys[0]!.descending }]
}

const lowest: Record<SortKey['type'], RawBuilder<unknown>> = {
  text: sql`''`,
  timestamptz: sql`'-infinity'::timestamptz`,
  bigint: sql`'-9223372036854775808'::bigint`,
  float8: sql`'-infinity'::float8`,
  uuid: sql`null`,
}
const highest: Record<SortKey['type'], RawBuilder<unknown>> = {
  text: sql`chr(1114109)`,
  timestamptz: sql`'infinity'::timestamptz`,
  bigint: sql`'9223372036854775807'::bigint`,
  float8: sql`'nan'::float8`,
  uuid: sql`null`,
}

/** Missing values are filled so that they come last whichever way the key runs. */
function keyExpression(key: SortKey): RawBuilder<unknown> {
  if (!key.nullable) return key.expression
  return sql`coalesce(${key.expression}, ${key.descending ? lowest[key.type] : highest[key.type]})`
}

/** Whether an index has the records in this order, so that a walk may end anywhere. */
export const isIndexed = ([first, ...others]: SortKey[]): boolean => others.length === 0 && first?.indexed === true

const direction = (descending: boolean): RawBuilder<unknown> => (descending ? sql`desc` : sql`asc`)

export function orderBy(keys: SortKey[]): RawBuilder<unknown> {
  const parts = keys.map((key) => sql`${keyExpression(key)} ${direction(key.descending)}`)
  return sql`order by ${sql.join([...parts, sql`r.id ${direction(keys[0]!.descending)}`])}`
}

/** Selects the values that a cursor needs, as text: `k0`, `k1`, … */
export function cursorColumns(keys: SortKey[]): RawBuilder<unknown> {
  return sql.join(keys.map((key, index) => sql`(${keyExpression(key)})::text as ${sql.ref(`k${index}`)}`))
}

/** Rows after the cursor: later in the first key, or equal there and later in the next, and so on down to the id. */
export function afterCursor(keys: SortKey[], cursor: Cursor): RawBuilder<unknown> {
  const parts = [
    ...keys.map((key, index) => ({
      expression: keyExpression(key),
      value: sql`${cursor.values[index]}::${sql.raw(key.type)}`,
      descending: key.descending,
    })),
    { expression: sql`r.id`, value: sql`${cursor.id}::uuid`, descending: keys[0]!.descending },
  ]
  if (parts.every((part) => part.descending === parts[0]!.descending)) {
    const left = sql.join(parts.map((part) => part.expression))
    const right = sql.join(parts.map((part) => part.value))
    return parts[0]!.descending ? sql`(${left}) < (${right})` : sql`(${left}) > (${right})`
  }
  const alternatives = parts.map((part, index) => {
    const equal = parts.slice(0, index).map((before) => sql`${before.expression} = ${before.value}`)
    const beyond = part.descending ? sql`${part.expression} < ${part.value}` : sql`${part.expression} > ${part.value}`
    return sql`(${sql.join([...equal, beyond], sql` and `)})`
  })
  return sql`(${sql.join(alternatives, sql` or `)})`
}
