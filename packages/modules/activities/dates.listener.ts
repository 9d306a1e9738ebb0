/** Works out «last contacted» and «next activity» of the records that activities are about, a moment after they change. */
import type { DomainEvent, EventConsumer } from '@oneforge/kernel/events'
import { settleLate } from '@oneforge/kernel/records'
import { type Transactions, WorkspaceHeld } from '../jobs/index.ts'

/** What was noted by any transaction is worked out by the next event of its workspace: whichever that is. */
export function dateKeeper(transactions: Transactions): EventConsumer {
  const keep = async ([event]: DomainEvent[]): Promise<void> => {
    const { tenantId, seq } = event!
    const behalf = { tenantId, userId: null, asSystem: true, source: 'system' as const, requestId: `event ${seq}` }
    try {
      while (await transactions.run(behalf, settleLate)) {
        // So many at a time, so that no transaction is long.
      }
    } catch (error) {
      // It is caught up with the first event after the workspace is resumed.
      if (!(error instanceof WorkspaceHeld)) throw error
    }
  }
  return { name: 'activity dates', handle: (event) => keep([event]), handleTogether: keep }
}
