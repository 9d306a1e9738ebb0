/** What is left in the history of a record of its notes and comments: that they changed, never what they say. */
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { entriesInsert, type RecordContext } from '@oneforge/kernel/records'

export type StoryAction = 'note_pinned' | 'note_unpinned' | 'commented' | 'comment_changed' | 'comment_deleted'

export async function tellOfStory(
  context: RecordContext,
  object: CompiledObject,
  recordId: string,
  action: StoryAction,
): Promise<void> {
  await context.tx.query(entriesInsert(context, { action, objectId: object.id, recordId }))
}
