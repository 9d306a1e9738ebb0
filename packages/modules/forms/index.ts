/** The door of the forms module: what people fill in, in front of the workspace or inside of it. */
import type { Database } from '@oneforge/kernel/database'
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { WholeFiles } from '../files/index.ts'
import type { Transactions } from '../jobs/index.ts'
import { Filling } from './filling.service.ts'
import { formOperations } from './forms.operations.ts'
import { Challenges } from './proof.ts'
import { takeExpired, tenantsWithExpired } from './uploads.store.ts'

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

/** Files of forms that were never sent, and those that came in part: none of them can be sent any more. */
async function forgetUploads(database: Database, files: WholeFiles): Promise<void> {
  for (const tenantId of await tenantsWithExpired(database)) {
    const gone = await database.transaction({ tenantId }, (tx) => takeExpired(tx, tenantId))
    await files.discard(gone.map(({ content }) => content))
  }
}
