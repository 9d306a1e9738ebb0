/** What a transaction has written or worked out of records that have rules over values of other records. */
import type { Transaction } from '../../database/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { lateRules } from './read.ts'

export interface Awaiting {
  objectId: string
  /** The transaction has made it. */
  isNew: boolean
  /** It was changed itself, not only what is computed of it. */
  isWritten: boolean
  /** What changed, as it was. */
  before: Map<string, unknown>
}

type Asker = (context: RecordContext) => Promise<unknown>
let ask: Asker | undefined

/** Says who asks the rules before a transaction ends; that one writes records itself, so that it cannot be named here. */
export function askInTheEnd(asker: Asker): void {
  ask = asker
}

const awaiting = new WeakMap<Transaction, { records: Map<string, Awaiting>; withdraw: () => void }>()

/** New records with {key: value}, or changed ones with {key: [before, after]}. */
export function noteWritten(
  context: RecordContext,
  object: CompiledObject,
  records: { id: string; changes: Record<string, unknown> }[],
  { isNew }: { isNew: boolean },
): void {
  if (!isAsked(context, object)) return
  for (const { id, changes } of records) {
    const noted = noteOf(context, object, id)
    noted.isWritten = true
    if (isNew) noted.isNew = true
    else for (const [key, change] of Object.entries(changes)) keepFirst(noted, key, (change as unknown[])[0])
  }
}

/** A record of which fields were worked out anew, with the values they had. */
export function noteComputed(
  context: RecordContext,
  object: CompiledObject,
  { id, fields }: { id: string; fields: string[] },
  before: Record<string, unknown>,
): void {
  if (fields.length === 0 || !isAsked(context, object)) return
  const noted = noteOf(context, object, id)
  for (const key of fields) keepFirst(noted, key, before[key])
}

const isAsked = ({ model, unjudged }: RecordContext, object: CompiledObject): boolean =>
  !unjudged && !lateRules(model, object).isEmpty

function noteOf(context: RecordContext, object: CompiledObject, id: string): Awaiting {
  const known = awaiting.get(context.tx)
  const { records } = known ?? begin(context)
  const noted = records.get(id) ?? { objectId: object.id, isNew: false, isWritten: false, before: new Map() }
  records.set(id, noted)
  return noted
}

function begin(context: RecordContext) {
  const begun = { records: new Map<string, Awaiting>(), withdraw: context.tx.beforeEnd(async () => ask?.(context)) }
  awaiting.set(context.tx, begun)
  return begun
}

function keepFirst({ before }: Awaiting, key: string, value: unknown): void {
  if (!before.has(key)) before.set(key, value ?? null)
}

export const awaitingRules = ({ tx }: Pick<RecordContext, 'tx'>): boolean => awaiting.has(tx)

/** Takes what waits for its rules so far; it is then the caller's to ask them. */
export function takeAwaiting({ tx }: Pick<RecordContext, 'tx'>): [id: string, Awaiting][] {
  const taken = awaiting.get(tx)
  awaiting.delete(tx)
  taken?.withdraw()
  return [...(taken?.records ?? [])]
}
