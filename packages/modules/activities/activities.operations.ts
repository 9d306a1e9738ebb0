/** Notes on any record: listed, written, pinned to the top of its story. */
import { isId } from '@oneforge/kernel/database'
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { appendEvents } from '@oneforge/kernel/events'
import { type AnyOperation, defineOperation, PagedList } from '@oneforge/kernel/operations'
import { lockRecord, mentionsIn, readRow } from '@oneforge/kernel/records'
import { z } from 'zod'
import { checkedMentions, mentionedIn } from '../notifications/index.ts'
import { idOf, objectOf } from '../records/index.ts'
import { countPinned, insertNote, listNotes, type NoteRow, pinNote, readNote } from './activities.store.ts'
import { body } from './body.ts'
import { tellOfStory } from './story.store.ts'

const tag = 'Activities'
const recordPath = z.strictObject({ object: z.string(), id: z.string() })
/** More would push the story off the screen. */
const mostPinned = 10

const activity = z
  .object({
    id: z.uuid(),
    type: z.literal('note'),
    body: z.string(),
    at: z.iso.datetime(),
    actor: z.object({ id: z.uuid().nullable(), name: z.string() }),
    mentions: z
      .array(z.object({ id: z.uuid(), name: z.string() }))
      .describe('Who is named in the body by `<@id>`, with the names they have now.'),
    pinned: z.boolean().describe('Whether it stands on top of the story.'),
    comments: z.int().describe('How many comments it has.'),
  })
  .meta({ id: 'Activity' })

const present = (row: NoteRow, people: { id: string; name: string }[]): z.input<typeof activity> => ({
  id: row.id,
  type: 'note',
  body: row.body,
  at: row.at,
  actor: { id: row.actor_id, name: row.actor_name ?? 'OneForge' },
  mentions: mentionsIn(row.body).flatMap((id) => people.find((person) => person.id === id) ?? []),
  pinned: row.pinned,
  comments: row.comments,
})

export const activityOperations: AnyOperation[] = [
  defineOperation({
    name: 'activities.list',
    kind: 'query',
    tag,
    summary: 'What was noted on a record, newest first',
    access: 'member',
    phi: true,
    input: recordPath.extend({
      limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
      cursor: z.string().optional(),
      pinned: z
        .enum(['true', 'false'], { error: 'must be true or false' })
        .optional()
        .describe('Only those that are pinned, or only those that are not.'),
    }),
    output: z.array(activity),
    http: { method: 'GET', path: '/{object}/{id}/activities' },
    async handler(context, input) {
      const object = objectOf(context, input.object)
      const id = idOf(object, input.id)
      if (input.cursor && !isId(input.cursor))
        throw validationError([{ field: 'cursor', message: 'does not belong to this list' }])
      await readRow(context, object, id, { deleted: true })
      const rows = await listNotes(context.tx, context.model.tenantId, id, {
        limit: input.limit + 1,
        before: input.cursor || undefined,
        pinned: input.pinned === undefined ? undefined : input.pinned === 'true',
      })
      const shown = rows.slice(0, input.limit)
      const hasNext = rows.length > input.limit
      const people = await mentionedIn(
        context,
        shown.map((row) => row.body),
      )
      return new PagedList(
        shown.map((row) => present(row, people)),
        {
          limit: input.limit,
          nextCursor: hasNext ? shown.at(-1)!.id : null,
          hasNext,
        },
      )
    },
  }),
  defineOperation({
    name: 'activities.addNote',
    kind: 'command',
    tag,
    summary: 'Write a note on a record',
    access: 'member',
    phi: true,
    input: recordPath.extend({ body: body(20_000) }),
    output: activity,
    http: { method: 'POST', path: '/{object}/{id}/notes', status: 201 },
    async handler(context, input) {
      const object = objectOf(context, input.object)
      const id = idOf(object, input.id)
      // Who may not change the record may not write on it either.
      await lockRecord(context, object, id, 'update')
      const mentions = await checkedMentions(context, object, id, { text: input.body, field: 'body' })
      const { tenantId } = context.model
      const userId = context.actor.userId!
      const note = await insertNote(context.tx, {
        tenantId,
        objectId: object.id,
        recordId: id,
        body: input.body,
        userId,
      })
      await appendEvents(context.tx, [
        {
          type: 'note.created',
          objectId: object.id,
          recordId: id,
          actorId: userId,
          payload: { noteId: note.id, mentions },
        },
      ])
      const people = await mentionedIn(context, [input.body])
      const facts = { actor_id: userId, actor_name: context.actor.name, pinned: false, comments: 0 }
      return present({ ...note, ...facts, body: input.body }, people)
    },
  }),
  defineOperation({
    name: 'activities.pinNote',
    kind: 'command',
    tag,
    summary: 'Pin a note to the top of the story of its record, or let it go',
    description: `${mostPinned} notes of a record can be pinned. Who may change the record may pin.`,
    access: 'member',
    phi: true,
    input: recordPath.extend({
      noteId: z.uuid('must be the id of a note'),
      pinned: z.boolean({ error: 'must be true or false' }),
    }),
    output: activity,
    http: { method: 'PUT', path: '/{object}/{id}/notes/{noteId}/pin' },
    async handler(context, { noteId, pinned, ...input }) {
      const object = objectOf(context, input.object)
      const id = idOf(object, input.id)
      await lockRecord(context, object, id, 'update')
      const { tx, model, actor } = context
      const row = await readNote(tx, model.tenantId, { recordId: id, id: noteId })
      if (!row) throw notFound(`The note ${noteId} of the record ${id}`)
      if (row.pinned !== pinned) {
        if (pinned && (await countPinned(tx, model.tenantId, id)) >= mostPinned)
          throw conflict(`${mostPinned} notes are pinned to this record, which is the most. Let one of them go first.`)
        await pinNote(tx, model.tenantId, { id: noteId, pinnedBy: pinned ? actor.userId! : null })
        await tellOfStory(context, object, id, pinned ? 'note_pinned' : 'note_unpinned')
      }
      return present({ ...row, pinned }, await mentionedIn(context, [row.body]))
    },
  }),
]
