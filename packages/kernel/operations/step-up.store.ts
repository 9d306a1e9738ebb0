/** Whether a person has shown a moment ago that it is still them who sits there. */
import { type Database, sql } from '../database/index.ts'

/** How long a password or a code counts. */
const stepUpMinutes = 10

export async function hasSteppedUp(
  database: Database,
  session: { userId: string; sessionId: string },
  now: Date,
): Promise<boolean> {
  const rows = await database.run(
    { userId: session.userId },
    sql`select from sessions where id = ${session.sessionId}
          and stepped_up_at > ${now}::timestamptz - make_interval(mins => ${stepUpMinutes})`,
  )
  return rows.length === 1
}
