/**
 * Records that are about to be written, as rules from outside of the store see them: such a rule may alter what is written, or
 * refuse it. It is asked for every write, whatever road it comes by, before the workspace's own conditions and rules are.
 */
import type { FieldProblem } from '../errors/index.ts'
import { type Filter, matchesFilter, parseFilter, type RecordValues } from '../expressions/index.ts'
import { type CompiledObject, isSetBySystem } from '../metadata/index.ts'
import { parseValue, type StoredValue } from '../metadata/values/index.ts'
import { ownFormulas } from './computed/own.ts'
import { type RecordContext, valueContext } from './context.ts'
import { defaultLocation } from './location.ts'
import type { ParsedInput } from './parsed.ts'
import { storedValues } from './rules/linked.ts'
import {
  changedBetween,
  type JudgedChange,
  type RecordState,
  type StoredRecord,
  stateAfter,
  stateBefore,
  valuesOf,
} from './rules/state.ts'

/** Asked for all the records of a write at once. */
type Follower = (context: RecordContext, object: CompiledObject, drafts: Draft[]) => Promise<void>

const followers: Follower[] = []

/** Says who is asked before records are written; the store of records knows of nobody itself. */
export function whenBeforeWritten(follower: Follower): void {
  followers.push(follower)
}

/** Asks for the changes of a call: what is refused stands among the problems of its input afterwards. */
export async function askBefore(
  context: RecordContext,
  object: CompiledObject,
  changes: JudgedChange[],
): Promise<void> {
  if (followers.length === 0 || context.unjudged) return
  const drafts = changes.flatMap(({ input, before }) =>
    input && input.problems.length === 0 ? [new Draft(context, object, input, before)] : [],
  )
  for (const follower of followers) await follower(context, object, drafts)
}

export class Draft {
  /** Undefined while the record is new. */
  readonly id: string | undefined
  private readonly context: RecordContext
  private readonly object: CompiledObject
  private readonly input: ParsedInput
  private readonly stored: StoredRecord | undefined

  constructor(context: RecordContext, object: CompiledObject, input: ParsedInput, stored: StoredRecord | undefined) {
    this.id = stored?.id
    this.context = context
    this.object = object
    this.input = input
    this.stored = stored
  }

  get isRefused(): boolean {
    return this.input.problems.length > 0
  }

  /** The record as the write makes it: values by key, relations as lists of ids. */
  values(): RecordValues {
    return valuesOf(this.object, this.state())
  }

  /** The record as it was before the write; nothing of a new record. */
  valuesBefore(): RecordValues {
    return this.stored ? valuesOf(this.object, stateBefore(this.stored)) : {}
  }

  /** The names whose values a change makes others; none of a new record. */
  changed(): Set<string> {
    return this.stored ? changedBetween(this.object, stateBefore(this.stored), this.state()) : new Set()
  }

  /** Gives a field another value; one that it cannot have is refused. What the system gives, links and files stay. */
  set(key: string, value: unknown): void {
    const field = this.object.field.get(key)
    if (!field || isSetBySystem(field) || field.storage.kind === 'links' || field.type === 'file') {
      this.refuse({ field: key, message: 'cannot be set before the record is written' })
      return
    }
    const parsed = parseValue(field, value, valueContext(this.context))
    if (parsed.ok) this.input.values.set(key, parsed.value as StoredValue | null)
    else this.refuse({ field: key, message: parsed.message })
  }

  refuse(problem: FieldProblem): void {
    this.input.problems.push(problem)
  }

  /**
   * Whether it passes a filter, which may look at the records that it leads to.
   *
   * @returns undefined for a filter that cannot be asked of the object.
   */
  async passes(input: unknown): Promise<boolean | undefined> {
    const { model, policy, now } = this.context
    const parsed = parseFilter(input, this.object, model)
    if ('problems' in parsed) return undefined
    const values = this.values()
    const reached = await reachedFrom(this.context, parsed.filter, values)
    return matchesFilter(parsed.filter, values, {
      me: policy.userId ?? '',
      now,
      timeZone: model.timeZone,
      follow: (record, { relation }) => present(idsAt(record, relation.key), reached),
    })
  }

  private state(): RecordState {
    const { context, object } = this
    const fresh = { ownerId: context.actor.userId, locationId: defaultLocation(context, object) }
    const state = stateAfter(object, this.input, this.stored, fresh)
    return { ...state, data: ownFormulas(context, object, state.data).data }
  }
}

const idsAt = (record: RecordValues, key: string): string[] => (record[key] as string[] | undefined) ?? []

const present = (ids: string[], records: ReadonlyMap<string, RecordValues>): RecordValues[] =>
  ids.map((id) => records.get(id)).filter((record) => record !== undefined)

/** The records that the ways of a filter lead to, step by step, by id. */
async function reachedFrom(
  context: RecordContext,
  filter: Filter,
  values: RecordValues,
): Promise<Map<string, RecordValues>> {
  const reached = new Map<string, RecordValues>()
  for (const way of waysOf(filter)) {
    let at = [values]
    for (const key of way) {
      const ids = [...new Set(at.flatMap((record) => idsAt(record, key)))]
      const unknown = ids.filter((id) => !reached.has(id))
      if (unknown.length > 0) for (const [id, found] of await storedValues(context, unknown)) reached.set(id, found)
      at = present(ids, reached)
    }
  }
  return reached
}

function waysOf(filter: Filter): string[][] {
  if ('and' in filter) return filter.and.flatMap(waysOf)
  if ('or' in filter) return filter.or.flatMap(waysOf)
  if ('not' in filter) return waysOf(filter.not)
  return filter.path.length > 0 ? [filter.path.map(({ relation }) => relation.key)] : []
}
