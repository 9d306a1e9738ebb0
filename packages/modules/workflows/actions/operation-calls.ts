/** Operations called by workflows: in the run's transaction, with the rights of the run, never beyond what a workflow may. */
import { requireAdmin } from '@oneforge/kernel/access'
import { noteFailed, OperationTrail } from '@oneforge/kernel/audit'
import type { Database } from '@oneforge/kernel/database'
import { forbidden, validationError } from '@oneforge/kernel/errors'
import { type AnyOperation, type OperationContext, PagedList } from '@oneforge/kernel/operations'
import type { RecordContext } from '@oneforge/kernel/records'
import type { RequestFacts } from '@oneforge/kernel/tenancy'
import type { z } from 'zod'

export interface OperationCalls {
  database: Database
  /** By name. */
  operation(name: string): AnyOperation | undefined
}

/**
 * Whether workflows may call it at all: what concerns somebody's own account, what a person has to confirm, what answers
 * with a secret or a file is theirs alone.
 */
export const isCallable = ({ access, stepUp, secretAnswer, bindUser, http }: AnyOperation): boolean =>
  access !== 'public' &&
  access !== 'user' &&
  !stepUp &&
  !secretAnswer &&
  !bindUser &&
  !http.raw &&
  http.body !== 'stream' &&
  http.body !== 'bytes'

/**
 * Calls the operation with the run's rights; what it answers, as JSON.
 *
 * @throws VALIDATION_ERROR for an operation that workflows cannot call and for input that it does not take; FORBIDDEN where
 * the run's role may not; whatever the operation refuses.
 */
export async function callOperation(
  record: RecordContext,
  calls: OperationCalls,
  name: string,
  input: unknown,
): Promise<unknown> {
  const operation = callable(calls, name)
  if (record.trail) return perform(record, calls, operation, input, record.trail)
  const trail = trailOf(record, operation)
  try {
    const answer = await perform(record, calls, operation, input, trail)
    await trail.closeWithin(record.tx)
    return answer
  } catch (error) {
    noteFailed(error, trail)
    throw error
  }
}

async function perform(
  record: RecordContext,
  { database }: OperationCalls,
  operation: AnyOperation,
  input: unknown,
  trail: OperationTrail,
): Promise<unknown> {
  requireRight(record, operation)
  const parsed = (operation.input as z.ZodType).safeParse(input)
  if (!parsed.success) {
    throw validationError(
      parsed.error.issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'input', message })),
    )
  }
  record.tx.keepOpen()
  const output = await operation.handler(contextFor(record, database, trail), parsed.data)
  const answer: unknown = output instanceof PagedList ? output.items : output
  return answer === undefined ? null : JSON.parse(JSON.stringify(answer))
}

function callable(calls: OperationCalls, name: string): AnyOperation {
  const operation = calls.operation(name)
  if (!operation) throw validationError([], `There is no operation “${name}”. Choose another one in the step.`)
  if (isCallable(operation)) return operation
  throw validationError([], `“${name}” is for people alone: a workflow cannot call it. Choose another operation.`)
}

/** What takes an administrative permission is done by a role that has it: work of the system has nobody to answer for it. */
function requireRight({ policy }: RecordContext, { name, access }: AnyOperation): void {
  if (typeof access !== 'object') return
  const { admin } = access as { admin: Parameters<typeof requireAdmin>[1] }
  if (policy.roles.length === 0) {
    throw forbidden(
      `“${name}” needs the administrative permission “${admin}”: let the workflow run with the rights of a role that has it.`,
    )
  }
  requireAdmin(policy, admin)
}

const factsOf = ({ requestId, ip, source, locale, now }: RecordContext): RequestFacts => ({
  requestId,
  ip,
  source,
  locale,
  now,
  userAgent: null,
})

/** The log names the workflow, and its run by the request. */
function trailOf(record: RecordContext, operation: AnyOperation): OperationTrail {
  const { actor, model } = record
  const trail = new OperationTrail({ operation, facts: factsOf(record), actorId: actor.userId, workflow: actor.name })
  trail.actsFor({ tenantId: model.tenantId })
  return trail
}

function contextFor(record: RecordContext, database: Database, trail: OperationTrail): OperationContext {
  const { actor, model, policy, tx, defer } = record
  return {
    ...factsOf(record),
    actor,
    sessionId: null,
    model,
    policy,
    tx,
    trail,
    database,
    response: { headers: new Headers() },
    afterCommit: (listener) => tx.onCommit(listener),
    ...(defer ? { defer } : {}),
  }
}
