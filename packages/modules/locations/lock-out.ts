/** Nobody shuts themself out: a change of networks is tried on whoever makes it before it takes effect. */
import { conflict } from '@oneforge/kernel/errors'
import { loadModel } from '@oneforge/kernel/metadata'
import { type OperationContext, policyUnder } from '@oneforge/kernel/operations'

/**
 * To be called when the change is written: asks whether the same person could undo it from the same address.
 *
 * @throws CONFLICT, which undoes it.
 */
export async function requireNotLockedOut(context: OperationContext): Promise<void> {
  const changed = await loadModel(context.tx, context.model.tenantId)
  if (policyUnder(changed, context.policy, context)?.admin.has('settings')) return
  const address = context.ip ? `Your own address ${context.ip}` : 'Your own address, which cannot be told,'
  throw conflict(`${address} would be shut out by this. Add a network that holds it first.`, {
    details: [{ field: 'network', message: 'LOCKS_OUT' }],
  })
}
