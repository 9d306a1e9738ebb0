/** What the super admin changes in another workspace than the one they are in: told in both. */
import { OperationTrail } from '@oneforge/kernel/audit'
import type { Transaction } from '@oneforge/kernel/database'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type Author, type Changes, historyEntry } from './installation.store.ts'

/**
 * Runs the change in a transaction that is bound to the workspace; the caller's own stays bound to theirs. The change
 * stands in the log and the history of the workspace, and in the history of the caller's: their log has it in any case.
 *
 * @param change gives what changed, or undefined where nothing did.
 */
export async function changeElsewhere(
  context: OperationContext,
  workspace: { id: string; name: string },
  operation: string,
  change: (tx: Transaction, by: Author) => Promise<Changes | undefined>,
): Promise<void> {
  const { id, name } = workspace
  const by = { ...context, userId: context.actor.userId }
  const trail = new OperationTrail({
    operation: { name: operation, kind: 'command' },
    facts: context,
    actorId: by.userId,
  })
  trail.actsFor({ tenantId: id })
  await context.database.transaction({ tenantId: id }, async (tx) => {
    const changes = await change(tx, by)
    if (!changes || id === context.model.tenantId) return
    await tx.query(trail.entryOf({ outcome: 'done' }))
    const about = { workspace: [null, { id, name }] as [null, object], ...changes }
    await context.tx.query(historyEntry(context.model.tenantId, operation, about, by))
  })
}
