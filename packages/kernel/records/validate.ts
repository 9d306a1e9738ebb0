/** Asks of a new record, before it is made, what would stand against it. */
import { requireAction } from '../access/index.ts'
import { type Row, sql } from '../database/index.ts'
import type { FieldProblem } from '../errors/index.ts'
import type { CompiledObject, CompiledUniqueKey } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { newInputContext } from './create.ts'
import { askBefore } from './drafts.ts'
import { duplicateError } from './failures.ts'
import { parseInput } from './input.ts'
import { defaultLocation } from './location.ts'
import type { ParsedInput } from './parsed.ts'
import { checkReferences, loadReferences } from './references.ts'
import { judge, judgeOf } from './rules/judge.ts'
import { stateAfter } from './rules/state.ts'
import { keysOver, uniqueValues } from './rules/unique.ts'

/**
 * What a create with this input would be refused for, one message a field, as far as it can be said without writing: rules
 * over values that are made of other records are asked when the record is saved.
 *
 * @param about names of the fields that were filled in so far: nobody is told of what they have not come to yet. All
 * without it.
 */
export async function problemsOfNew(
  context: RecordContext,
  object: CompiledObject,
  input: Record<string, unknown>,
  about?: ReadonlySet<string>,
): Promise<FieldProblem[]> {
  requireAction(context.policy, object, 'create')
  const parsed = parseInput(object, input, 'create', newInputContext(context))
  await askBefore(context, object, [{ input: parsed }])
  const references = await loadReferences(context, object, [parsed])
  const unreadable = [...parsed.problems, ...checkReferences(context, object, parsed, references)]
  const rules = { ...(await judgeOf(context, object, [{ input: parsed }])), about }
  const problems = [
    ...unreadable.filter(({ field }) => !about || about.has(field)),
    ...judge(rules, object, parsed),
    ...(await takenValues(context, object, parsed, about ? keysOver(object, about) : object.uniqueKeys)),
  ]
  const first = new Map(problems.toReversed().map((problem) => [problem.field, problem]))
  return problems.filter((problem) => first.get(problem.field) === problem)
}

/** Unique values that another record has. */
async function takenValues(
  context: RecordContext,
  object: CompiledObject,
  input: ParsedInput,
  keys: CompiledUniqueKey[],
): Promise<FieldProblem[]> {
  const fresh = { ownerId: context.actor.userId, locationId: defaultLocation(context, object) }
  const values = uniqueValues(object, stateAfter(object, input, undefined, fresh), keys)
  if (values.length === 0) return []
  const taken = await context.tx.query<Row & { field_id: string }>(sql`select t.field_id
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as t(field_id uuid, value text)
    where exists (select from unique_values u
      where u.tenant_id = ${context.model.tenantId} and u.field_id = t.field_id and u.value = t.value)`)
  if (taken.length === 0) return []
  return (
    duplicateError(
      object,
      taken.map(({ field_id }) => field_id),
    ).details ?? []
  )
}
