/** Notes on any record; calls, meetings and e-mail join them here. */
import { isId } from '@oneforge/kernel/database'
import { validationError } from '@oneforge/kernel/errors'
import { appendEvents } from '@oneforge/kernel/events'
import { type AnyOperation, defineOperation, PagedList } from '@oneforge/kernel/operations'
import { lockRecord, readRow } from '@oneforge/kernel/records'
import { z } from 'zod'
import { checkedMentions, mentionedIn, mentionsIn } from '../notifications/index.ts'
import { idOf, objectOf } from '../records/index.ts'
import { insertNote, listNotes, type NoteRow } from './activities.store.ts'

const tag = 'Activities'
const controls = /[^\P{Cc}\n\r\t]/u
const recordPath = z.strictObject({ object: z.string(), id: z.string() })
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
  })
  .meta({ id: 'Activity' })

const present = (row: NoteRow, people: { id: string; name: string }[]): z.input<typeof activity> => ({
  id: row.id,
  type: 'note',
  body: row.body,
  at: row.at,
  actor: { id: row.actor_id, name: row.actor_name ?? 'OneForge' },
  mentions: mentionsIn(row.body).flatMap((id) => people.find((person) => person.id === id) ?? []),
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
      })
      const shown = rows.slice(0, input.limit)
      const hasNext = rows.length > input.limit
      const people = await mentionedIn(
        context,
        shown.map(({ body }) => body),
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
    input: recordPath.extend({
      body: z
        .string({ error: 'is required' })
        .trim()
        .min(1, 'cannot be empty')
        .max(20_000, 'takes at most 20,000 characters')
        .refine((text) => text.isWellFormed() && !controls.test(text), 'must not hold control characters'),
    }),
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
      return present({ ...note, body: input.body, actor_id: userId, actor_name: context.actor.name }, people)
    },
  }),
]
