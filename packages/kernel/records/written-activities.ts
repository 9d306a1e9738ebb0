/** What follows when activities are made or changed, in the same transaction, whatever road the change came by. */
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'

interface WrittenActivity {
  id: string
  /** {key: [before, after]}; of a new record {key: value}. */
  changes: Record<string, unknown>
}

/** Called before the statement that writes them is sent: what it has to do itself comes by `tx.beforeEnd`. */
type Follower = (context: RecordContext, object: CompiledObject, records: WrittenActivity[]) => void

const followers: Follower[] = []

/** Says what follows when activities are written; the store of records knows of nothing itself. */
export function whenActivityWritten(follower: Follower): void {
  followers.push(follower)
}

/** Takes note of records that are about to be written. */
export function noteActivities(context: RecordContext, object: CompiledObject, records: WrittenActivity[]): void {
  if (object.activity) for (const follower of followers) follower(context, object, records)
}
