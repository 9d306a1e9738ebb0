/** Values that change with the day: worked out anew just after midnight, as each workspace has it. */
import type { Database } from '@oneforge/kernel/database'
import { computedGraph } from '@oneforge/kernel/expressions'
import type { JobKind } from '@oneforge/kernel/jobs'
import { loadModel } from '@oneforge/kernel/metadata'
import type { LongJobs } from '../jobs/index.ts'
import { tenantsWithMovingFields } from './computations.store.ts'

/** Minutes and hours of `createJobs().schedule`: often enough to come by in the first hour of every time zone. */
export const movingSchedule = '3 * * * *'

/** Wakes each hour and begins with the workspaces where a day has just begun. */
export function movingKind(database: Database, longJobs: () => LongJobs, now = () => new Date()): JobKind {
  return {
    name: 'records.moving',
    async handle() {
      for (const id of await tenantsWithMovingFields(database)) await beginDay(database, longJobs(), id, now())
    },
  }
}

/** Nothing where it is another hour than the first. */
export async function beginDay(database: Database, longJobs: LongJobs, tenantId: string, now: Date): Promise<void> {
  await database.transaction({ tenantId }, async (tx) => {
    const model = await loadModel(tx, tenantId)
    if (hourIn(model.timeZone, now) !== 0) return
    const moving = computedGraph(model).fields.filter((one) => one.moving)
    for (const [object, fields] of Map.groupBy(moving, (one) => one.object)) {
      const fieldIds = fields.map(({ field }) => field.id)
      await longJobs.defer(tx, { tenantId, userId: null }, { kind: 'derive', objectId: object.id, fieldIds })
    }
  })
}

const hourIn = (timeZone: string, moment: Date): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(moment))
