/** The queue of pairs: looked through, decided on. */
import { isId } from '@oneforge/kernel/database'
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { type OperationContext, PagedList } from '@oneforge/kernel/operations'
import { describeReasons, presentRecord, type RecordRow } from '@oneforge/kernel/records'
import {
  decidePair,
  isPairSeen,
  listPairs,
  lockPair,
  type PairRow,
  type PairState,
  recordsOfPairs,
} from './pairs.store.ts'
import { knownRules } from './settings.service.ts'

export interface QueueQuery {
  object: CompiledObject
  state: PairState
  limit: number
  cursor: string
}

export async function listQueue(context: OperationContext, { object, state, limit, cursor }: QueueQuery) {
  const rules = knownRules(context, object)
  const after = cursor ? readCursor(cursor) : undefined
  const rows = await listPairs(context, object, rules, { state, limit: limit + 1, after })
  const shown = rows.slice(0, limit)
  const pairs = await presentPairs(context, object, shown)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const nextCursor = last ? `${last.score}.${last.id}` : null
  return new PagedList(pairs, { limit, nextCursor, hasNext: nextCursor !== null })
}

function readCursor(cursor: string): { score: number; id: string } {
  const [score, id] = cursor.split('.')
  if (!/^\d{1,3}$/.test(score ?? '') || !isId(id)) {
    throw validationError([{ field: 'cursor', message: 'does not belong to this list; start again without it' }])
  }
  return { score: Number(score), id }
}

async function presentPairs(context: OperationContext, object: CompiledObject, pairs: PairRow[]): Promise<object[]> {
  const ids = pairs.flatMap(({ first_id, second_id }) => [first_id, second_id])
  const rows = ids.length > 0 ? await recordsOfPairs(context, object, ids) : new Map<string, RecordRow>()
  context.trail.touched([...rows.keys()])
  const rules = knownRules(context, object)
  return pairs.map((pair) => ({
    id: pair.id,
    object: object.slug,
    state: pair.state,
    score: pair.score,
    reasons: describeReasons(
      context,
      object,
      pair.reasons.filter((key) => rules.includes(key)),
    ),
    foundAt: pair.found_at,
    decidedAt: pair.decided_at,
    records: [pair.first_id, pair.second_id].flatMap((id) => {
      const row = rows.get(id)
      return row ? [presentRecord(context.model, context.policy, object, row)] : []
    }),
  }))
}

/** «They are not the same», or that taken back. It takes to see both, and the right to change records of the object. */
export async function decide(context: OperationContext, id: string, state: 'dismissed' | 'open'): Promise<object> {
  const pair = isId(id) ? await lockPair(context, id) : undefined
  const object = pair && context.model.objectById.get(pair.object_id)
  const isSeen = object && context.policy.objects.has(object.slug) && (await isPairSeen(context, object, id))
  const isKnown = isSeen && pair.reasons.some((key) => knownRules(context, object).includes(key))
  if (!isKnown) throw notFound(`The pair ${id}`)
  if (pair.state === 'merged') throw conflict('The two have been merged. Undo the merge if they are not the same.')
  await decidePair(context, id, state)
  const decided = { ...pair, state, decided_at: state === 'open' ? null : context.now.toISOString() }
  return (await presentPairs(context, object, [decided]))[0]!
}
