import { type Database, sql } from '@oneforge/kernel/database'

/** Deletes what was read 30 days ago or told 90 days ago, of all tenants; returns how much. */
export async function pruneNotifications(database: Database): Promise<number> {
  const [row] = await database.run<{ deleted: number }>(
    {},
    sql<{ deleted: number }>`select prune_notifications() as deleted`,
  )
  return row!.deleted
}
