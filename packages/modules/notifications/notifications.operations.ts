/** Notifications as their person uses them: read, marked, wished for. */
import { isId } from '@oneforge/kernel/database'
import { notFound, validationError } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext, PagedList } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { idOf, objectOf } from '../records/index.ts'
import { type KindWish, mailPeriods, notificationKinds, wishesOf } from './kinds.ts'
import { mentionable } from './mentions.ts'
import { shownTo, unreadOf } from './notifications.service.ts'
import { markRead, markReadUpTo, type Place, type Whose } from './notifications.store.ts'
import { changePreferences, receiversOf } from './preferences.store.ts'

const base = { tag: 'Notifications', access: 'member' } as const

const notification = z
  .object({
    id: z.uuid(),
    kind: z.enum(notificationKinds),
    object: z.string().nullable(),
    recordId: z.uuid().nullable(),
    title: z.string().nullable().describe('What the record is called.'),
    count: z.int().describe('How many happenings it stands for: while it is unread, further ones are added.'),
    fields: z.array(z.string()).describe('What was changed, as far as the caller sees it.'),
    actors: z.array(z.string()).describe('Who did it, the latest last.'),
    about: z
      .record(z.string(), z.unknown())
      .describe('The job that ended, who accepted an invitation, or when what one is reminded of is due.'),
    at: z.iso.datetime(),
    read: z.boolean(),
  })
  .meta({ id: 'Notification' })

const unreadCount = z.object({ unread: z.int().describe('100 stands for 100 or more.') }).meta({ id: 'UnreadCount' })

const mail = z.enum([...mailPeriods, 'never'], { error: 'must be at_once, hourly, daily or never' })
const page = z.boolean({ error: 'must be true or false' })
const wish = z.object({ page, mail }).meta({ id: 'NotificationWish' })
const timeOfDay = z
  .string({ error: 'must be a time such as 08:00' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00')

const preferences = z
  .object({
    kinds: z.object(Object.fromEntries(notificationKinds.map((kind) => [kind, wish])) as Record<string, typeof wish>),
    dailyAt: timeOfDay.describe('When the daily mail goes out, in the person’s time zone.'),
    mails: z
      .boolean()
      .describe('Whether mail goes out at all: to an address that is confirmed, where there is a mail server.'),
  })
  .meta({ id: 'NotificationPreferences' })

const change = z.strictObject({ page: page.optional(), mail: mail.optional() }).optional()
const preferencesChange = z.strictObject({
  kinds: z
    .strictObject(Object.fromEntries(notificationKinds.map((kind) => [kind, change])) as Record<string, typeof change>)
    .optional(),
  dailyAt: timeOfDay.optional(),
})

const whoseOf = ({ model, actor }: OperationContext): Whose => ({ tenantId: model.tenantId, userId: actor.userId! })

const cursorOf = ({ at, id }: Place): string => Buffer.from(`${at}|${id}`).toString('base64url')

function placeOf(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined
  const [at = '', id] = Buffer.from(cursor, 'base64url').toString().split('|')
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/.test(at) || !isId(id))
    throw validationError([{ field: 'cursor', message: 'does not belong to this list' }])
  return { at, id }
}

async function preferencesOf(context: OperationContext, mailGoesOut: boolean): Promise<z.input<typeof preferences>> {
  const { tenantId, userId } = whoseOf(context)
  const [receiver] = await receiversOf(context.tx, tenantId, [userId])
  if (!receiver) throw notFound(`The member ${userId}`)
  const { kinds, daily_at: dailyAt, verified } = receiver
  return { kinds: wishesOf(kinds), dailyAt, mails: mailGoesOut && verified }
}

/** @param mailGoesOut whether there is a mail server. */
export function notificationOperations(mailGoesOut: boolean): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'notifications.list',
      kind: 'query',
      summary: 'What the caller was told, the latest first',
      description: 'Of records only those that they may see now.',
      phi: true,
      input: z.strictObject({
        unread: z.stringbool({ error: 'must be true or false' }).default(false),
        cursor: z.string().optional(),
        limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(30),
      }),
      output: z.array(notification),
      http: { method: 'GET', path: '/notifications' },
      async handler(context, { unread, cursor, limit }) {
        const { userId } = whoseOf(context)
        const { items, next } = await shownTo(context, userId, { unread, after: placeOf(cursor), limit })
        return new PagedList(items, { limit, nextCursor: next && cursorOf(next), hasNext: next !== null })
      },
    }),
    defineOperation({
      ...base,
      name: 'notifications.unread',
      kind: 'query',
      summary: 'How many notifications are unread',
      input: z.strictObject({}),
      output: unreadCount,
      http: { method: 'GET', path: '/notifications/unread' },
      handler: async (context) => ({ unread: await unreadOf(context, whoseOf(context).userId) }),
    }),
    defineOperation({
      ...base,
      name: 'notifications.read',
      kind: 'command',
      summary: 'Mark notifications as read',
      description: 'Those named in `ids`, or all up to the one in `upTo`: what came after it stays unread.',
      input: z
        .strictObject({
          ids: z.array(z.uuid('must be an id')).max(200, 'takes at most 200 ids').optional(),
          upTo: z.uuid('must be an id').optional(),
        })
        .refine(({ ids, upTo }) => (ids === undefined) !== (upTo === undefined), 'names either ids or upTo'),
      output: unreadCount,
      http: { method: 'POST', path: '/notifications/read' },
      async handler(context, { ids, upTo }) {
        const whose = whoseOf(context)
        if (ids) await markRead(context.tx, whose, ids)
        else if (!(await markReadUpTo(context.tx, whose, upTo!))) throw notFound(`The notification ${upTo}`)
        return { unread: await unreadOf(context, whose.userId) }
      },
    }),
    defineOperation({
      ...base,
      name: 'notifications.preferences',
      kind: 'query',
      summary: 'What the caller wishes to be told of, and how',
      input: z.strictObject({}),
      output: preferences,
      http: { method: 'GET', path: '/notifications/preferences' },
      handler: (context) => preferencesOf(context, mailGoesOut),
    }),
    defineOperation({
      ...base,
      name: 'notifications.prefer',
      kind: 'command',
      summary: 'Change what one wishes to be told of, and how',
      description: 'What is left out stays as it is.',
      input: preferencesChange,
      output: preferences,
      http: { method: 'PATCH', path: '/notifications/preferences' },
      async handler(context, { kinds, dailyAt }) {
        await changePreferences(context.tx, whoseOf(context), { kinds: withoutAbsent(kinds), dailyAt })
        return preferencesOf(context, mailGoesOut)
      },
    }),
    defineOperation({
      ...base,
      name: 'notifications.mentionable',
      kind: 'query',
      summary: 'Members who can be mentioned on a record: those who may see it',
      description: '20 at the most, by name.',
      input: z.strictObject({ object: z.string(), id: z.string(), q: z.string().max(100).default('') }),
      output: z.array(z.object({ id: z.uuid(), name: z.string() })),
      http: { method: 'GET', path: '/{object}/{id}/mentionable' },
      handler: (context, input) => {
        const object = objectOf(context, input.object)
        return mentionable(context, object, idOf(object, input.id), input.q)
      },
    }),
  ]
}

const withoutAbsent = (kinds: Record<string, Partial<KindWish> | undefined> = {}): Record<string, Partial<KindWish>> =>
  Object.fromEntries(Object.entries(kinds).flatMap(([kind, one]) => (one ? [[kind, one]] : [])))
