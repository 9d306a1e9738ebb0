/** The queue's own tables: made and upgraded by the owner, used by the application without any right to change them. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { PgBoss } from 'pg-boss'

export const queueSchema = 'pgboss'

/** One key for the whole database: two servers that start together take turns. */
const advisoryLock = 7_302_028

/** Brings the queue's tables up to date and lets the application work with them. Call it after `migrate`, each start. */
export async function prepareJobs(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'oneforge migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock])
    await upgradeTables(ownerUrl)
    await client.query(`
      grant usage on schema ${queueSchema} to oneforge_app;
      grant select, insert, update, delete on all tables in schema ${queueSchema} to oneforge_app;
      grant usage on all sequences in schema ${queueSchema} to oneforge_app;`)
  } finally {
    await client.end()
  }
}

async function upgradeTables(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: queueSchema,
    max: 2,
    supervise: false,
    schedule: false,
  })
  let failure: Error | undefined
  boss.on('error', (error) => {
    failure = error
  })
  await boss.start()
  try {
    // An upgrade builds its indexes in the background, without locking the queue.
    for (;;) {
      const states = (await boss.getBamStatus()).map((entry) => entry.status)
      if (failure || states.includes('failed')) {
        throw new Error('An index of the job queue could not be built. Start again to retry.', { cause: failure })
      }
      if (!states.includes('pending') && !states.includes('in_progress')) return
      await sleep(500)
    }
  } finally {
    await boss.stop({ graceful: false })
  }
}
