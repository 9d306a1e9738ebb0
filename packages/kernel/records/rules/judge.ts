/** Holds records to the conditions and rules of their object when they are written. */
import { type FieldProblem, type Said, says } from '../../errors/index.ts'
import { type MatchContext, matchesFilter, type RecordValues } from '../../expressions/index.ts'
import { type CompiledField, type CompiledObject, inLocale } from '../../metadata/index.ts'
import { ownFormulas } from '../computed/own.ts'
import { type RecordContext, valueContext } from '../context.ts'
import { defaultLocation } from '../location.ts'
import type { ParsedInput } from '../parsed.ts'
import { stageProblems } from '../stages/judge.ts'
import { openingValues } from './defaults.ts'
import { formulaValue } from './formulas.ts'
import { linkedRecords } from './linked.ts'
import { numberProblems } from './numbers.ts'
import { type CheckedRule, earlyRules, type FieldRules, type ObjectRules, type ReadFilter } from './read.ts'
import {
  changedBetween,
  isEmptyValue,
  type JudgedChange,
  type RecordState,
  type StoredRecord,
  stateAfter,
  stateBefore,
  valuesOf,
} from './state.ts'

/** Rules with all that they need to be asked of the changes of one call. */
export interface Judge {
  rules: ObjectRules
  context: RecordContext
  match: MatchContext
  /** Of a new record that is being filled in: names of what has been filled in. All of it is judged without them. */
  about?: ReadonlySet<string> | undefined
}

/**
 * Reads what the rules look at beyond the records themselves: one round trip, and none for most objects. Unless others are
 * given they are those that can be asked before anything is written; see `judgeSettled` for the rest.
 */
export async function judgeOf(
  context: RecordContext,
  object: CompiledObject,
  changes: JudgedChange[],
  rules: ObjectRules = earlyRules(context.model, object),
): Promise<Judge> {
  const linked = await linkedRecords(context, object, rules.lookedOver, changes)
  const match: MatchContext = {
    me: context.policy.userId ?? '',
    now: context.now,
    timeZone: context.model.timeZone,
    follow: (record, { relation }) =>
      ((record[relation.key] ?? []) as string[]).flatMap((id): RecordValues[] => {
        const other = linked.get(id)
        return other ? [other] : []
      }),
  }
  return { rules, context, match }
}

/** One change under judgement: what it makes of the record, worked out anew as the rules take values away. */
interface Case extends Judge {
  object: CompiledObject
  input: ParsedInput
  before?: StoredRecord
  /** What the change begins with: the record as it is, or the values that a new one opens with. */
  start(): RecordState
  after: RecordState
  values: RecordValues
}

/**
 * Takes away the values of fields that are not shown any more, and names what the rules refuse. The input is changed:
 * what is written must be assembled from it afterwards.
 */
export function judge(
  settings: Judge,
  object: CompiledObject,
  input: ParsedInput,
  before?: StoredRecord,
): FieldProblem[] {
  if (settings.context.unjudged) return []
  const unnumbered = before ? [] : numberProblems(object, locationOfNew(settings, object, input))
  const broken = settings.rules.isEmpty ? [] : judgeValues(settings, object, input, before)
  const atFields = [...unnumbered, ...stageProblems(settings.context, object, input, before)]
  const { about } = settings
  return [...broken, ...(about ? atFields.filter(({ field }) => about.has(field)) : atFields)]
}

const locationOfNew = ({ context }: Judge, object: CompiledObject, { locationId }: ParsedInput): string | null =>
  locationId === undefined ? defaultLocation(context, object) : locationId

/** The same for values alone. */
export function judgeValues(
  settings: Judge,
  object: CompiledObject,
  input: ParsedInput,
  before?: StoredRecord,
): FieldProblem[] {
  const opened = openCase(settings, object, input, before)
  const problems = settings.rules.fields.flatMap((rules) => hide(opened, rules))
  for (const rules of settings.rules.fields) keepReadOnly(opened, rules)
  const changed = before ? changedBetween(object, opened.start(), opened.after) : settings.about
  const refused = new Set(problems.map((problem) => problem.field))
  for (const rules of settings.rules.fields) {
    const problem = refused.has(rules.field.key) ? undefined : fieldProblem(opened, rules, changed)
    if (problem) problems.push({ field: rules.field.key, ...problem })
  }
  return [...problems, ...settings.rules.checks.flatMap((rule) => checkProblem(opened, rule, changed) ?? [])]
}

function openCase(settings: Judge, object: CompiledObject, input: ParsedInput, before?: StoredRecord): Case {
  const { context } = settings
  const fresh = { ownerId: context.actor.userId, locationId: defaultLocation(context, object) }
  const opening = (): RecordState => ({
    data: openingValues(context, object, fresh.locationId),
    links: new Map(),
    ...fresh,
  })
  let start = before && stateBefore(before)
  const after = worked(settings, object, stateAfter(object, input, before, fresh))
  const values = valuesOf(object, after)
  // The values that a form opens with are worked out only for the few rules that ask for them.
  return { ...settings, object, input, before, start: () => (start ??= opening()), after, values }
}

/** With the record's own formulas as they will be. */
const worked = ({ context }: Judge, object: CompiledObject, state: RecordState): RecordState => ({
  ...state,
  data: ownFormulas(context, object, state.data).data,
})

const holds = ({ match, values }: Case, { filter }: ReadFilter): boolean => matchesFilter(filter, values, match)

const heldAtStart = ({ match, object, start }: Case, { filter }: ReadFilter): boolean =>
  matchesFilter(filter, valuesOf(object, start()), match)

/** A field that is not shown has no value: one that the caller sends is refused, one that is there goes. */
function hide(opened: Case, { field, visible }: FieldRules): FieldProblem[] {
  const { input, values } = opened
  if (!visible || holds(opened, visible) || isEmptyValue(values[field.key])) return []
  const isNew = !input.unsent.has(field.key) && isChanged(opened, field)
  replaceValue(opened, field, 'cleared')
  if (!isNew) return []
  const message = 'is only kept while the condition under which it is shown holds, which it does not: leave it empty'
  return [{ field: field.key, message }]
}

/** A replacement that does not name a field which is closed leaves it as it is. */
function keepReadOnly(opened: Case, { field, readOnly }: FieldRules): void {
  const { before, input } = opened
  if (!before || !readOnly || !input.unsent.has(field.key) || !isChanged(opened, field)) return
  if (isClosed(opened, readOnly)) replaceValue(opened, field, 'kept')
}

const isClosed = (opened: Case, readOnly: ReadFilter): boolean =>
  heldAtStart(opened, readOnly) && holds(opened, readOnly)

function isChanged({ object, start, after }: Case, field: CompiledField): boolean {
  return changedBetween(object, start(), after).has(field.key)
}

function replaceValue(opened: Case, field: CompiledField, how: 'cleared' | 'kept'): void {
  const { object, input, before } = opened
  const relation = field.storage.kind === 'links' ? object.relation.get(field.key) : undefined
  if (how === 'kept' || !before) {
    input.values.delete(field.key)
    if (relation) input.links.delete(relation)
  } else {
    input.values.set(field.key, null)
    if (relation) input.links.set(relation, [])
  }
  opened.after = worked(opened, object, stateAfter(object, input, before, opened.after))
  opened.values = valuesOf(object, opened.after)
}

/** Why the value of a field cannot be what the change makes it; one that the change has nothing to do with may stay. */
function fieldProblem(
  opened: Case,
  { field, visible, required, readOnly, options }: FieldRules,
  changed: ReadonlySet<string> | undefined,
): Said | undefined {
  const value = opened.values[field.key]
  const concerns = (...filters: (ReadFilter | undefined)[]): boolean =>
    !changed ||
    changed.has(field.key) ||
    filters.some((read) => [...(read?.reads ?? [])].some((key) => changed.has(key)))
  if (isEmptyValue(value)) {
    const isAsked = field.required ? concerns(visible) : concerns(visible, required)
    const isShown = !visible || holds(opened, visible)
    const isRequired = field.required || (required && holds(opened, required))
    if (isAsked && isShown && isRequired) return says('required')
  }
  if (readOnly && !opened.input.unsent.has(field.key) && isChanged(opened, field) && isClosed(opened, readOnly)) {
    return { message: 'is read-only here and cannot be changed' }
  }
  return isEmptyValue(value) || !concerns(...options) ? undefined : optionProblem(opened, options, value)
}

function optionProblem(opened: Case, options: FieldRules['options'], value: unknown): Said | undefined {
  const allowed = options.find((option) => holds(opened, option))?.values
  if (!allowed || [value].flat().every((one) => allowed.includes(one as string))) return undefined
  return { message: allowed.length === 0 ? 'must be empty here' : `must be one of ${allowed.join(', ')} here` }
}

function checkProblem(
  opened: Case,
  rule: CheckedRule,
  changed: ReadonlySet<string> | undefined,
): FieldProblem | undefined {
  const { rule: definition, when, check } = rule
  const field = definition.field ?? firstField(opened.object, check)
  const concerned = [...(when?.reads ?? []), ...check.reads, ...(definition.field ? [definition.field] : [])]
  if (changed && !concerned.some((name) => changed.has(name))) return undefined
  if (!breaksRule(opened, rule, opened.values)) return undefined
  return { field, message: inLocale(definition.message, opened.context.locale) }
}

const firstField = (object: CompiledObject, { reads }: { reads: ReadonlySet<string> }): string =>
  [...reads].find((name) => object.field.has(name)) ?? [...reads][0] ?? object.roles.title

/** Whether a record breaks a rule. A formula that gives nothing, because something it compares is empty, breaks nothing. */
export function breaksRule(
  { context, match }: Omit<Judge, 'rules'>,
  { when, check }: CheckedRule,
  values: RecordValues,
): boolean {
  if (when && !matchesFilter(when.filter, values, match)) return false
  if ('filter' in check) return !matchesFilter(check.filter, values, match)
  const { model, policy } = context
  return formulaValue(check.formula, values, { model, me: policy.userId, moment: valueContext(context) }) === false
}
