/** Turns what a caller sent into values and links, or into problems that name each field. */
import { scopeOf } from '../access/index.ts'
import { isId } from '../database/index.ts'
import { type FieldProblem, says } from '../errors/index.ts'
import { type CompiledField, type CompiledObject, type CompiledRelation, isSetBySystem } from '../metadata/index.ts'
import { parseValue, type StoredValue } from '../metadata/values/index.ts'
import { defaultLocation } from './location.ts'
import type { InputContext, ParsedInput } from './parsed.ts'
import { accessOfField, relationAccess } from './relations.ts'
import { defaultValues } from './rules/defaults.ts'
import { parseStageMoves } from './stages/moves.ts'

export type WriteMode = 'create' | 'patch' | 'replace'

/** Attributes that the system sets. A full replacement may carry them, as it usually is an edited copy of what was read. */
const readOnlyAttributes = new Set([
  'id',
  'object',
  'recordNumber',
  'version',
  'title',
  'stageSince',
  'stagesSince',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'deletedAt',
  'links',
])

export function parseInput(
  object: CompiledObject,
  input: Record<string, unknown>,
  mode: WriteMode,
  context: InputContext,
): ParsedInput {
  const parsed: ParsedInput = {
    values: new Map(),
    links: new Map(),
    inverse: new Map(),
    unsent: new Set(),
    problems: [],
  }
  for (const [key, value] of Object.entries(withStageField(object, input, parsed.problems))) {
    const field = object.field.get(key)
    const relation = object.relation.get(key)
    if (field && accessOfField(context, object, field) !== 'hidden')
      parseField(parsed, object, field, value, mode, context)
    else if (relation?.direction === 'in' && relationAccess(context, object, relation) !== 'hidden')
      parseInverse(parsed, object, relation, value, mode, context)
    else parseAttribute(parsed, object, key, value, mode, context)
  }
  if (mode === 'create') applyDefaults(parsed, object, context)
  if (mode === 'replace') clearUnmentioned(parsed, object, context)
  requireRequired(parsed, object, mode)
  return parsed
}

/** `stage` is the value of the pipeline's field under its system name: either may be written, both must agree. */
function withStageField(
  object: CompiledObject,
  input: Record<string, unknown>,
  problems: FieldProblem[],
): Record<string, unknown> {
  const key = object.roles.stage
  if (!key || key === 'stage' || !('stage' in input)) return input
  const { stage, ...rest } = input
  if (key in rest && rest[key] !== stage && stage != null) {
    problems.push({ field: 'stage', message: `differs from “${key}”, which is the same thing; send one of them` })
  }
  return key in rest ? rest : { ...rest, [key]: stage }
}

function parseField(
  parsed: ParsedInput,
  object: CompiledObject,
  field: CompiledField,
  value: unknown,
  mode: WriteMode,
  context: InputContext,
): void {
  if (isSetBySystem(field)) {
    if (mode !== 'replace')
      parsed.problems.push({ field: field.key, message: 'is computed by the system and cannot be set' })
    return
  }
  if (accessOfField(context, object, field) === 'read') {
    if (mode !== 'replace') parsed.problems.push({ field: field.key, ...says('readOnly') })
    return
  }
  const result = parseValue(field, value, context.values)
  if (!result.ok) {
    const { ok: _refused, ...said } = result
    parsed.problems.push({ field: field.key, ...said })
    return
  }
  if (field.storage.kind === 'links') {
    const relation = object.relation.get(field.key)
    if (relation) parsed.links.set(relation, idList(result.value))
    parsed.values.set(field.key, result.value)
  } else {
    parsed.values.set(field.key, result.value)
  }
}

/** The other side of a relation, written by its name here. */
function parseInverse(
  parsed: ParsedInput,
  object: CompiledObject,
  relation: CompiledRelation,
  value: unknown,
  mode: WriteMode,
  context: InputContext,
): void {
  const { key, many } = relation
  if (relationAccess(context, object, relation) === 'read') {
    if (mode !== 'replace') parsed.problems.push({ field: key, message: 'may be read but not changed by your role' })
    return
  }
  const target = { object: relation.object, many, inverse: { key: relation.inverse, label: relation.label } }
  const result = parseValue({ type: 'relation', optionByValue: new Map(), relation: target }, value, context.values)
  if (result.ok) parsed.inverse.set(relation, [...new Set(idList(result.value))])
  else parsed.problems.push({ field: key, message: result.message })
}

const idList = (value: StoredValue | null): string[] =>
  value == null ? [] : Array.isArray(value) ? (value as string[]) : [value as string]

function parseAttribute(
  parsed: ParsedInput,
  object: CompiledObject,
  key: string,
  value: unknown,
  mode: WriteMode,
  context: InputContext,
): void {
  if (key === 'ownerId' || key === 'locationId') {
    const id = isId(value) ? value.toLowerCase() : null
    if (value !== null && id === null) parsed.problems.push({ field: key, message: 'must be an id or null' })
    else if (key === 'locationId') parsed.locationId = id
    else setOwner(parsed, object, id, mode, context)
    return
  }
  if (key === 'stageMoves') {
    parsed.stageMoves = parseStageMoves(object, value, parsed.problems)
    return
  }
  if (mode === 'replace' && (readOnlyAttributes.has(key) || key === 'stage')) return
  const reason = readOnlyAttributes.has(key)
    ? 'is set by the system and cannot be written'
    : `is not a field of ${object.slug}`
  parsed.problems.push({ field: key, message: reason })
}

/** Giving a record to somebody else needs the right to assign. */
function setOwner(
  parsed: ParsedInput,
  object: CompiledObject,
  ownerId: string | null,
  mode: WriteMode,
  context: InputContext,
): void {
  const mine = mode === 'create' && ownerId === context.userId
  if (!mine && !scopeOf(context.policy, object, 'assign')) {
    if (mode !== 'replace') parsed.problems.push({ field: 'ownerId', message: 'may not be changed by your role' })
    return
  }
  parsed.ownerId = ownerId
}

function applyDefaults(parsed: ParsedInput, object: CompiledObject, context: InputContext): void {
  const locationId = parsed.locationId === undefined ? defaultLocation(context, object) : parsed.locationId
  for (const [key, value] of defaultValues(context, object, parsed.values, locationId)) {
    parsed.values.set(key, value)
    parsed.unsent.add(key)
    const relation = object.field.get(key)?.storage.kind === 'links' ? object.relation.get(key) : undefined
    if (relation) parsed.links.set(relation, idList(value))
  }
}

/** A replacement clears what it does not mention, as far as the caller may write it. */
function clearUnmentioned(parsed: ParsedInput, object: CompiledObject, context: InputContext): void {
  for (const field of object.fields) {
    if (parsed.values.has(field.key) || isSetBySystem(field)) continue
    if (field.key === object.roles.stage || accessOfField(context, object, field) !== 'write') continue
    parsed.values.set(field.key, null)
    parsed.unsent.add(field.key)
    const relation = field.storage.kind === 'links' ? object.relation.get(field.key) : undefined
    if (relation) parsed.links.set(relation, [])
  }
}

function requireRequired(parsed: ParsedInput, object: CompiledObject, mode: WriteMode): void {
  const failed = new Set(parsed.problems.map((problem) => problem.field))
  for (const field of object.fields) {
    if (!field.required || failed.has(field.key) || isSetBySystem(field)) continue
    // Whether it is shown, and so required, is asked of the record as a whole; see rules/.
    if (field.conditions?.visible) continue
    const mentioned = parsed.values.has(field.key)
    if (mode === 'patch' && !mentioned) continue
    // A replacement by someone who may not see the field leaves it as it is.
    if (mode === 'replace' && !mentioned) continue
    if (isEmpty(parsed.values.get(field.key))) parsed.problems.push({ field: field.key, ...says('required') })
  }
  const stageKey = object.roles.stage
  if (stageKey && parsed.values.get(stageKey) === null && object.stages.length > 0 && !failed.has(stageKey)) {
    parsed.problems.push({ field: stageKey, message: 'cannot be empty: choose a stage' })
  }
}

const isEmpty = (value: StoredValue | null | undefined): boolean =>
  value == null || (Array.isArray(value) && value.length === 0)
