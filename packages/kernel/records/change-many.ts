/** Changes to many records, each for itself. */
import { requireAction } from '../access/index.ts'
import { sql } from '../database/index.ts'
import { AppError, notFound, validationError } from '../errors/index.ts'
import type { CompiledObject, ObjectAction } from '../metadata/index.ts'
import { type AssembledChange, assembleChange } from './assemble.ts'
import {
  type Change,
  changeStatements,
  givesAwayUnasked,
  inputOf,
  keepUnseenLinks,
  notAssignable,
  type RecordChange,
  type UpdatedRow,
  withoutUnchanged,
} from './change.ts'
import type { RecordContext } from './context.ts'
import { failed, type ItemResult } from './create.ts'
import { askBefore } from './drafts.ts'
import { duplicateError, losersOf, writeError } from './failures.ts'
import { parseInput } from './input.ts'
import { planInverse } from './inverse.ts'
import { type LockedRecord, lockRecords, lockTogether, outOfScope, staleness } from './lock.ts'
import type { ParsedInput } from './parsed.ts'
import { checkReferences, loadReferences, type References } from './references.ts'
import { eachForItself } from './rules/each-for-itself.ts'
import { type Judge, judge, judgeOf } from './rules/judge.ts'
import { fillMoments } from './stages/moments.ts'
import { movedOutside, outsideOf } from './staying.ts'

/** Merges into many records; each stands for itself. The transaction stays open. */
export async function updateRecords(
  context: RecordContext,
  object: CompiledObject,
  changes: RecordChange[],
  options: { entrance?: 'import' } = {},
): Promise<ItemResult[]> {
  requireAction(context.policy, object, 'update')
  const change = (some: RecordChange[]) => updateTogether(context, object, some, options)
  const results = await eachForItself(context, object, changes, change, (error) => failed(0, error))
  return results.map((result, index) => ({ ...result, index }))
}

/** Gives one result for each, in their order. */
async function updateTogether(
  context: RecordContext,
  object: CompiledObject,
  changes: RecordChange[],
  options: { entrance?: 'import' },
): Promise<ItemResult[]> {
  await lockTogether(
    context,
    object,
    changes.map((change) => change.id),
    changes.map((change) => change.input),
  )
  const locked = await lockRecords(
    context,
    object,
    changes.map((change) => change.id),
  )
  const parsed = changes.map(({ id, input }) =>
    parseInput(object, input, 'patch', inputOf(context, object, locked.get(id))),
  )
  const judged = parsed.map((input, index) => ({ input, before: locked.get(changes[index]!.id) }))
  await askBefore(
    context,
    object,
    judged.filter(({ before }) => before),
  )
  const references = await loadReferences(context, object, parsed)
  const rules = await judgeOf(context, object, judged)
  const results: ItemResult[] = []
  const pending: PendingChange[] = []
  const accepted: (Omit<PendingChange, 'change'> & { change?: AssembledChange })[] = []
  for (const [index, input] of parsed.entries()) {
    const outcome = prepareChange(context, object, changes[index]!, input, locked, references, rules, options.entrance)
    if (outcome instanceof AppError) results.push(failed(index, outcome))
    else accepted.push({ index, ...outcome })
  }
  const meant = accepted.map(({ index, before }) => ({ index, id: before.id, input: parsed[index]! }))
  const inverse = await planInverse(context, object, meant)
  for (const { index, before, change } of accepted) {
    const refusal = inverse.refused.get(index)
    if (refusal) results.push(failed(index, refusal))
    else if (change) pending.push({ index, before, change })
    else {
      const { id, record_number: recordNumber, version } = before.row
      results.push({ index, success: true, id, recordNumber, version })
    }
  }
  const actions: ObjectAction[] = options.entrance ? ['update', options.entrance] : ['update']
  results.push(...(await writeAll(context, object, pending, actions)))
  await inverse.carryOut((index) => results.some((result) => result.index === index && result.success))
  return results.sort((a, b) => a.index - b.index)
}

interface PendingChange extends Change {
  index: number
}

/** The change of one of many, or why it cannot be made. */
function prepareChange(
  context: RecordContext,
  object: CompiledObject,
  { id, version }: RecordChange,
  input: ParsedInput,
  locked: Map<string, LockedRecord>,
  references: References,
  rules: Judge,
  entrance: 'import' | undefined,
): { before: LockedRecord; change?: AssembledChange } | AppError {
  const before = locked.get(id)
  if (!before) return notFound(`The record ${id} of ${object.slug}`)
  // Named a second time, it would be changed from a state that the first change has already left.
  locked.delete(id)
  if (!before.may.update) return outOfScope(object, 'update')
  if (entrance && !before.may[entrance]) return outOfScope(object, entrance)
  const stale = staleness(context, object, before.row, version)
  if (stale) return stale
  if (givesAwayUnasked(input, before)) return validationError([notAssignable])
  const fresh = withoutUnchanged(input, before)
  const problems = [...input.problems, ...checkReferences(context, object, fresh, references, before)]
  if (problems.length > 0) return validationError(problems)
  keepUnseenLinks(input, before)
  fillMoments(object, input, before)
  const refused = judge(rules, object, input, before)
  if (refused.length > 0) return validationError(refused)
  return { before, change: assembleChange(context, object, before, input) }
}

async function writeAll(
  context: RecordContext,
  object: CompiledObject,
  pending: PendingChange[],
  actions: ObjectAction[],
): Promise<ItemResult[]> {
  const results: ItemResult[] = []
  let rest = pending
  while (rest.length > 0) {
    await context.tx.query(sql`savepoint records`)
    try {
      const [rows] = await context.tx.batch<UpdatedRow>(changeStatements(context, object, rest, actions))
      for (const [position, { id, version }] of rows!.entries()) {
        const { index, before } = rest[position]!
        results.push({ index, success: true, id, recordNumber: before.row.record_number, version })
      }
      await context.tx.query(sql`release savepoint records`)
      return results
    } catch (error) {
      const losers = losersOf(error)
      const outside = outsideOf(error)
      if (losers.size + outside.size === 0) throw writeError(object, error)
      await context.tx.query(sql`rollback to savepoint records`)
      for (const item of rest) {
        const fieldIds = losers.get(item.before.id)
        if (fieldIds) results.push(failed(item.index, duplicateError(object, fieldIds)))
        if (outside.has(item.before.id)) {
          const keys = Object.keys(item.change.record.changes)
          results.push(failed(item.index, movedOutside(context, object, { keys }, actions)))
        }
      }
      rest = rest.filter(({ before }) => !losers.has(before.id) && !outside.has(before.id))
    }
  }
  return results
}
