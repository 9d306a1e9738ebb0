/** Addresses by which workflows are called from outside. Whoever knows one may start its workflow, and learns nothing else. */
import { createHash, randomBytes } from 'node:crypto'
import { type Database, newId } from '@oneforge/kernel/database'
import { AppError, conflict, notFound } from '@oneforge/kernel/errors'
import type { OperationContext, PublicContext } from '@oneforge/kernel/operations'
import type { RecordContext } from '@oneforge/kernel/records'
import { type Transactions, WorkspaceHeld } from '../../jobs/index.ts'
import { startRuns } from '../engine/index.ts'
import { workflowOf } from '../stored-form.ts'
import { countCall, deleteHook, findHookPlace, runByCause, writeHook } from './hooks.store.ts'

const mostBytes = 256 * 1024
const mostCallsAMinute = 120
const endingLength = 4

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

const gone = (): AppError => notFound('A workflow at this address')

/** The secret is told in this answer alone: only its hash is kept. */
export async function renewHook(
  context: OperationContext,
  workflowId: string,
  baseUrl: string,
): Promise<{ url: string; secret: string }> {
  const secret = randomBytes(32).toString('base64url')
  await writeHook(context.tx, workflowId, hashOf(secret), secret.slice(-endingLength))
  return { url: `${baseUrl}/api/v1/hooks/${secret}`, secret }
}

export async function removeHook({ tx }: OperationContext, workflowId: string): Promise<void> {
  if (!(await deleteHook(tx, workflowId))) throw notFound('An address of this workflow')
}

/**
 * @param call.key told by the caller: with the same one the workflow runs once.
 * @throws NOT_FOUND for addresses that have ended and workflows that are off; RATE_LIMIT_EXCEEDED; PAYLOAD_TOO_LARGE
 */
export async function takeCall(
  parts: { database: Database; transactions: Transactions },
  context: PublicContext,
  call: { secret: string; body: unknown; key: string | null },
): Promise<string> {
  if (Buffer.byteLength(JSON.stringify(call.body ?? null)) > mostBytes) {
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      'A call may carry 256 KB at the most. Send less, or an address of the rest.',
    )
  }
  const place = await findHookPlace(parts.database, hashOf(call.secret))
  if (!place) throw gone()
  context.trail.actsFor({ tenantId: place.tenant_id })
  const { tenant_id: tenantId, workflow_id: workflowId } = place
  const behalf = { tenantId, userId: null, asSystem: true, source: 'workflow' as const, requestId: context.requestId }
  try {
    return await parts.transactions.run(behalf, (work) => start({ ...work, now: context.now }, workflowId, call))
  } catch (error) {
    if (error instanceof WorkspaceHeld) throw gone()
    throw error
  }
}

async function start(
  context: RecordContext,
  workflowId: string,
  { body, key }: { body: unknown; key: string | null },
): Promise<string> {
  const { tx, now } = context
  const hook = await countCall(tx, workflowId, now)
  if (!hook?.enabled || workflowOf(hook.definition).trigger.type !== 'webhook_received') throw gone()
  if (hook.calls > mostCallsAMinute) {
    const retryAfter = Math.max(1, Math.ceil((Date.parse(hook.counted_since) + 60_000 - now.getTime()) / 1_000))
    const message = `This address was called ${mostCallsAMinute} times within a minute. Call it less often.`
    throw new AppError('RATE_LIMIT_EXCEEDED', message, { retryAfter })
  }
  const causeKey = `hook ${key ?? newId()}`
  const [begun] = await startRuns(context, [
    {
      workflow: { id: hook.id, key: hook.key, version: hook.version },
      objectId: null,
      recordId: null,
      causeKey,
      cause: { webhook: true },
      trigger: { type: 'webhook_received', at: now.toISOString(), body: body ?? null },
    },
  ])
  const known = begun?.id ?? (await runByCause(tx, workflowId, causeKey))
  if (!known) throw conflict('This call is being taken at this moment. Ask again.')
  return known
}
