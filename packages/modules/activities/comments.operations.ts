/** Comments on records and on notes: whoever reads the record reads and writes them; what is one's own can be changed. */
import { isId } from '@oneforge/kernel/database'
import { because, forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import { appendEvents } from '@oneforge/kernel/events'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation, type OperationContext, PagedList } from '@oneforge/kernel/operations'
import { mentionsIn, readRow } from '@oneforge/kernel/records'
import { z } from 'zod'
import { seenTitles } from '../following/index.ts'
import { checkedMentions, mentionedIn } from '../notifications/index.ts'
import { idOf, objectOf } from '../records/index.ts'
import { body } from './body.ts'
import * as store from './comments.store.ts'
import { tellOfStory } from './story.store.ts'

const base = { tag: 'Comments', access: 'member', phi: true } as const
const recordPath = z.strictObject({ object: z.string(), id: z.string() })
const commentPath = recordPath.extend({ commentId: z.uuid('must be the id of a comment') })
const noteId = z
  .uuid('must be the id of a note')
  .optional()
  .describe('The note that is commented on; none for the record.')
const text = body(5_000)
const mostCounted = 200

const comment = z
  .object({
    id: z.uuid(),
    noteId: z.uuid().nullable().describe('The note that it is about; null where it is about the record.'),
    body: z.string(),
    at: z.iso.datetime(),
    editedAt: z.iso.datetime().nullable(),
    actor: z.object({ id: z.uuid().nullable(), name: z.string() }),
    mentions: z
      .array(z.object({ id: z.uuid(), name: z.string() }))
      .describe('Who is named in the body by `<@id>`, with the names they have now.'),
    own: z.boolean().describe('Whether the caller wrote it, and so may change and delete it.'),
  })
  .meta({ id: 'Comment' })

const present = (
  { actor }: OperationContext,
  row: store.CommentRow,
  people: { id: string; name: string }[],
): z.input<typeof comment> => ({
  id: row.id,
  noteId: row.note_id,
  body: row.body,
  at: row.at,
  editedAt: row.edited_at,
  actor: { id: row.actor_id, name: row.actor_name ?? 'OneForge' },
  mentions: mentionsIn(row.body).flatMap((id) => people.find((person) => person.id === id) ?? []),
  own: row.actor_id === actor.userId,
})

interface Place {
  object: CompiledObject
  thread: store.Thread
}

/** Where it is commented; 404 for who may not see the record, and where the note is none of its. */
async function placeOf(
  context: OperationContext,
  input: { object: string; id: string; noteId?: string | undefined },
  options: { deleted: boolean },
): Promise<Place> {
  const object = objectOf(context, input.object)
  const recordId = idOf(object, input.id)
  await readRow(context, object, recordId, options)
  const thread = { tenantId: context.model.tenantId, recordId, noteId: input.noteId ?? null }
  if (thread.noteId && !(await store.isNoteOf(context.tx, thread)))
    throw notFound(`The note ${thread.noteId} of the record ${recordId}`)
  return { object, thread }
}

/** The caller's own comment, held for a change. */
async function ownComment(
  context: OperationContext,
  input: { object: string; id: string; commentId: string },
): Promise<Place & { row: store.CommentRow }> {
  const place = await placeOf(context, input, { deleted: false })
  const row = await store.lockComment(context.tx, { ...place.thread, id: input.commentId })
  if (!row) throw notFound(`The comment ${input.commentId} of the record ${input.id}`)
  if (row.actor_id !== context.actor.userId)
    throw forbidden(
      'Only who wrote a comment can change or delete it. Answer it with one of your own.',
      because('NOT_YOUR_COMMENT', 'commentId'),
    )
  return { ...place, row }
}

export const commentOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'comments.list',
    kind: 'query',
    summary: 'The comments on a record or on one of its notes, in the order in which they were written',
    input: recordPath.extend({
      noteId,
      limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
      cursor: z.string().optional(),
    }),
    output: z.array(comment),
    http: { method: 'GET', path: '/{object}/{id}/comments' },
    async handler(context, { limit, cursor, ...input }) {
      if (cursor && !isId(cursor)) throw validationError([{ field: 'cursor', message: 'does not belong to this list' }])
      const { thread } = await placeOf(context, input, { deleted: true })
      const rows = await store.listComments(context.tx, thread, { limit: limit + 1, after: cursor || undefined })
      const shown = rows.slice(0, limit)
      const hasNext = rows.length > limit
      const people = await mentionedIn(
        context,
        shown.map((row) => row.body),
      )
      return new PagedList(
        shown.map((row) => present(context, row, people)),
        { limit, nextCursor: hasNext ? shown.at(-1)!.id : null, hasNext },
      )
    },
  }),
  defineOperation({
    ...base,
    name: 'comments.count',
    kind: 'query',
    summary: 'How many comments records have',
    description: 'By id, for those that the caller sees and that have any. Comments on notes are counted at the notes.',
    input: z.strictObject({
      object: z.string(),
      ids: z
        .string({ error: 'is required' })
        .transform((ids) => ids.split(',').filter(Boolean))
        .pipe(z.array(z.uuid('must be ids of records')).max(mostCounted, `takes at most ${mostCounted} ids`)),
    }),
    output: z.record(z.uuid(), z.int()),
    http: { method: 'GET', path: '/{object}/comments/counts' },
    async handler(context, { ids, ...input }) {
      const { id: objectId } = objectOf(context, input.object)
      const seen = await seenTitles(
        context,
        ids.map((recordId) => ({ objectId, recordId })),
      )
      return Object.fromEntries(await store.countComments(context.tx, context.model.tenantId, [...seen.keys()]))
    },
  }),
  defineOperation({
    ...base,
    name: 'comments.add',
    kind: 'command',
    summary: 'Comment on a record or on one of its notes',
    description: 'Who follows the record, who is mentioned and who wrote in the thread before is told of it.',
    input: recordPath.extend({ noteId, body: text }),
    output: comment,
    http: { method: 'POST', path: '/{object}/{id}/comments', status: 201 },
    async handler(context, input) {
      const { object, thread } = await placeOf(context, input, { deleted: false })
      const { tx, actor } = context
      const { recordId } = thread
      const mentions = await checkedMentions(context, object, recordId, { text: input.body, field: 'body' })
      const answered = await store.writersIn(tx, thread)
      const userId = actor.userId!
      const added = await store.insertComment(tx, thread, { objectId: object.id, body: input.body, userId })
      const payload = { commentId: added.id, noteId: thread.noteId, mentions, answered }
      await appendEvents(tx, [{ type: 'comment.created', objectId: object.id, recordId, actorId: userId, payload }])
      await tellOfStory(context, object, recordId, 'commented')
      const row = {
        note_id: thread.noteId,
        body: input.body,
        edited_at: null,
        actor_id: userId,
        actor_name: actor.name,
      }
      return present(context, { ...added, ...row }, await mentionedIn(context, [input.body]))
    },
  }),
  defineOperation({
    ...base,
    name: 'comments.update',
    kind: 'command',
    summary: 'Change a comment of one’s own',
    description: 'Who is mentioned now and was not before is told of it.',
    input: commentPath.extend({ body: text }),
    output: comment,
    http: { method: 'PATCH', path: '/{object}/{id}/comments/{commentId}' },
    async handler(context, input) {
      const { object, thread, row } = await ownComment(context, input)
      const { tx, model, actor } = context
      const { recordId } = thread
      const mentions = await checkedMentions(context, object, recordId, { text: input.body, field: 'body' })
      const fresh = mentions.filter((id) => !mentionsIn(row.body).includes(id))
      const editedAt = await store.changeComment(tx, model.tenantId, row.id, input.body)
      const payload = { commentId: row.id, noteId: row.note_id, mentions: fresh }
      await appendEvents(tx, [
        { type: 'comment.updated', objectId: object.id, recordId, actorId: actor.userId, payload },
      ])
      await tellOfStory(context, object, recordId, 'comment_changed')
      return present(
        context,
        { ...row, body: input.body, edited_at: editedAt },
        await mentionedIn(context, [input.body]),
      )
    },
  }),
  defineOperation({
    ...base,
    name: 'comments.delete',
    kind: 'command',
    summary: 'Delete a comment of one’s own',
    input: commentPath,
    output: z.void(),
    http: { method: 'DELETE', path: '/{object}/{id}/comments/{commentId}', status: 204 },
    async handler(context, input) {
      const { object, thread, row } = await ownComment(context, input)
      await store.deleteComment(context.tx, context.model.tenantId, row.id)
      await tellOfStory(context, object, thread.recordId, 'comment_deleted')
    },
  }),
]
