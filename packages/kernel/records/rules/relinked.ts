/** Holds records to their rules when links of theirs were made or taken away one by one, from either side. */
import { systemPolicy } from '../../access/index.ts'
import { conflict } from '../../errors/index.ts'
import { type AssembledChange, assembleChange } from '../assemble.ts'
import { bookableOf } from '../bookings/bookable.ts'
import { noteBookings } from '../bookings/refusal.ts'
import type { RecordContext } from '../context.ts'
import { writeError } from '../failures.ts'
import type { LinkSide, Pair } from '../link-facts.ts'
import { type LockedRecord, lockRecords } from '../lock.ts'
import type { ParsedInput } from '../parsed.ts'
import { uniquesStatement, updateStatement } from '../write.ts'
import { judge, judgeOf } from './judge.ts'
import { filtersOf, rulesOf } from './read.ts'
import { type StoredRecord, stateBefore } from './state.ts'
import { keysOver, uniqueValues } from './unique.ts'

interface Relinked {
  /** As it is now, and as it was before the links changed. */
  now: LockedRecord
  before: StoredRecord
  input: ParsedInput
}

/**
 * To be called when links have been written: clears values of fields that are no longer shown, takes the unique values
 * that the links are part of, and refuses what the rules do not allow. The rules are the workspace's, whoever may see the
 * records.
 */
export async function settleRelinked(
  context: RecordContext,
  side: LinkSide,
  added: Pair[],
  removed: Pair[],
): Promise<void> {
  const { holder, relation } = side
  if (bookableOf(holder)?.keys.has(side.key)) {
    noteBookings(
      context,
      holder,
      added.map((pair) => pair.from_id),
    )
  }
  if (!isConcerned(context, side)) return
  const ids = [...new Set([...added, ...removed].map((pair) => pair.from_id))]
  const everybody = { ...context, policy: { ...systemPolicy(context.model), userId: context.policy.userId } }
  const locked = await lockRecords(everybody, holder, ids)
  const outgoing = holder.relation.get(side.key)!
  const relinked = [...locked.values()].map((now): Relinked => {
    const linked = now.links.get(relation.relationId) ?? []
    const before = new Map(now.links).set(relation.relationId, linkedBefore(now.id, linked, added, removed))
    const links = new Map([[outgoing, linked]])
    const input = { values: new Map(), links, inverse: new Map(), unsent: new Set<string>(), problems: [] }
    return { now, before: { ...now, links: before }, input }
  })
  const rules = await judgeOf(everybody, holder, relinked)
  for (const { input, before } of relinked) {
    const problems = judge(rules, holder, input, before)
    if (problems.length > 0) {
      throw conflict(`With this link changed, a record of ${holder.slug} would break the rules of the workspace.`, {
        details: problems,
      })
    }
    input.links.delete(outgoing)
  }
  await writeSettled(everybody, side, relinked)
}

function isConcerned({ model }: RecordContext, { holder, key }: LinkSide): boolean {
  if (keysOver(holder, new Set([key])).length > 0) return true
  const { fields, checks } = rulesOf(model, holder)
  return (
    fields.some((rules) => rules.field.key === key || filtersOf(rules).some(({ reads }) => reads.has(key))) ||
    checks.some(({ rule, when, check }) => rule.field === key || when?.reads.has(key) || check.reads.has(key))
  )
}

function linkedBefore(id: string, now: string[], added: Pair[], removed: Pair[]): string[] {
  const isOf = (pair: Pair): boolean => pair.from_id === id
  const fresh = new Set(added.filter(isOf).map((pair) => pair.to_id))
  return [...now.filter((other) => !fresh.has(other)), ...removed.filter(isOf).map((pair) => pair.to_id)]
}

async function writeSettled(context: RecordContext, { holder, key }: LinkSide, relinked: Relinked[]): Promise<void> {
  const changes = relinked.flatMap(({ now, input }) => assembleChange(context, holder, now, input) ?? [])
  const cleared = changes.map(({ record }) => ({ ...record, uniques: [] }))
  const keys = keysOver(holder, new Set([key, ...changes.flatMap(({ record }) => Object.keys(record.changes))]))
  const uniques = relinked.map(({ now }) => {
    const change = changes.find(({ record }) => record.id === now.id)
    return { id: now.id, uniques: uniqueValues(holder, stateOf(now, change), keys) }
  })
  const freed = relinked.flatMap(({ now }) => keys.map((one) => ({ record_id: now.id, field_id: one.id })))
  const replaced = { uniques: [], relations: changes.flatMap(relationsOf) }
  try {
    await context.tx.batch([
      ...(cleared.length > 0 ? [updateStatement(context, holder, cleared, replaced)] : []),
      ...(keys.length > 0 ? [uniquesStatement(context, uniques, freed)] : []),
    ])
  } catch (error) {
    throw writeError(holder, error)
  }
}

const relationsOf = ({ record, relationIds }: AssembledChange) =>
  relationIds.map((relation_id) => ({ record_id: record.id, relation_id }))

function stateOf(now: LockedRecord, change: AssembledChange | undefined): ReturnType<typeof stateBefore> {
  const state = stateBefore(now)
  if (!change) return state
  const links = new Map(state.links)
  for (const relationId of change.relationIds) links.delete(relationId)
  return { ...state, data: change.record.data, links }
}
