/** Works out «last contacted» and «next activity» of the records that activities are about, a moment after they change. */
import type { DomainEvent, EventConsumer, HandlingContext } from '@oneforge/kernel/events'
import { settleLate } from '@oneforge/kernel/records'
import { type Transactions, WorkspaceHeld } from '../jobs/index.ts'

/** What was noted by any transaction is worked out by the next event of its workspace: whichever that is. */
export function dateKeeper(transactions: Transactions): EventConsumer {
  const keep = async ([event]: DomainEvent[], { signal }: HandlingContext): Promise<void> => {
    const { tenantId, seq } = event!
    const behalf = { tenantId, userId: null, asSystem: true, source: 'system' as const, requestId: `event ${seq}` }
    try {
      // So many at a time, so that no transaction is long. What is left when the time is over stays noted for the next try.
      let more = true
      while (more) {
        signal.throwIfAborted()
        more = await transactions.run(behalf, settleLate)
      }
    } catch (error) {
      // It is caught up with the first event after the workspace is resumed.
      if (!(error instanceof WorkspaceHeld)) throw error
    }
  }
  return { name: 'activity dates', handle: (event, context) => keep([event], context), handleTogether: keep }
}
