/** The door of the forms module: what people fill in, in front of the workspace or inside of it. */
import type { Database } from '@oneforge/kernel/database'
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { WholeFiles } from '../files/index.ts'
import type { Transactions } from '../jobs/index.ts'
import { Filling } from './filling.service.ts'
import { formOperations } from './forms.operations.ts'
import { Challenges } from './proof.ts'
import { takeOldUploads, tenantsWithOldUploads } from './submissions.store.ts'

export { namesOfForms } from './forms.store.ts'

/** @param parts.challengeKey the same on every server. */
export function createForms(parts: {
  database: Database
  transactions: Transactions
  files: WholeFiles
  challengeKey: string
}): { operations: AnyOperation[]; forgetUploads: () => Promise<void> } {
  const { database, files, transactions } = parts
  const challenges = new Challenges(parts.challengeKey)
  return {
    operations: formOperations(new Filling({ transactions, files, challenges }), files),
    forgetUploads: () => forgetUploads(database, files),
  }
}

const keptMs = 2 * 86_400_000

/** Files of forms that were never sent; none of them can be sent any more. */
async function forgetUploads(database: Database, files: WholeFiles): Promise<void> {
  const before = new Date(Date.now() - keptMs)
  for (const tenantId of await tenantsWithOldUploads(database, before)) {
    const gone = await database.transaction({ tenantId }, (tx) => takeOldUploads(tx, tenantId, before))
    await files.discard(gone.map(({ content }) => content))
  }
}
