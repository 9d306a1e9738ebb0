/** What is left in the history of a record of its notes and comments: that they changed, never what they say. */
import { sql } from '@oneforge/kernel/database'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'

export type StoryAction = 'note_pinned' | 'note_unpinned' | 'commented' | 'comment_changed' | 'comment_deleted'

export async function tellOfStory(
  { tx, model, actor, source, requestId, ip }: RecordContext,
  object: CompiledObject,
  recordId: string,
  action: StoryAction,
): Promise<void> {
  await tx.query(sql`insert into audit_entries
      (tenant_id, id, actor_id, actor_kind, action, object_id, record_id, changes, source, request_id, ip)
    values (${model.tenantId}, gen_random_uuid(), ${actor.userId}, ${actor.kind}, ${action}, ${object.id}, ${recordId},
      '{}'::jsonb, ${source}, ${requestId}, ${ip})`)
}
