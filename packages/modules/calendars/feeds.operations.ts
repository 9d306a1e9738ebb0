/** The address by which a member subscribes to their own calendar, and what it gives. */
import { type AnyOperation, defineOperation, HttpAnswer } from '@oneforge/kernel/operations'
import { z } from 'zod'
import type { CalendarContent, FeedService } from './feeds.service.ts'

const own = { tag: 'Your account', access: 'member' } as const

const feed = z
  .object({
    since: z.iso.datetime().nullable().describe('Since when there is the present address; null where there is none.'),
    fetchedAt: z.iso.datetime().nullable().describe('When a calendar looked last.'),
    tasks: z.boolean().describe('Whether it has open tasks that are due.'),
    names: z.boolean().describe('Whether the workspace lets calendars name protected records and the people in them.'),
  })
  .meta({ id: 'CalendarFeed' })

export function feedOperations(service: FeedService): AnyOperation[] {
  return [
    defineOperation({
      ...own,
      name: 'calendarFeed.get',
      kind: 'query',
      summary: 'Tell whether there is an address of your calendar',
      input: z.strictObject({}),
      output: feed,
      http: { method: 'GET', path: '/calendar-feed' },
      handler: (context) => service.get(context),
    }),
    defineOperation({
      ...own,
      name: 'calendarFeed.renew',
      kind: 'command',
      summary: 'Make an address to subscribe to your calendar by; the one before ends',
      description: 'The address is told in this answer and never again. Whoever knows it reads your calendar.',
      secretAnswer: true,
      stepUp: true,
      input: z.strictObject({}),
      output: feed.extend({ url: z.string() }).meta({ id: 'NewCalendarFeed' }),
      http: { method: 'POST', path: '/calendar-feed' },
      handler: (context) => service.renew(context),
    }),
    defineOperation({
      ...own,
      name: 'calendarFeed.update',
      kind: 'command',
      summary: 'Change what your calendar shows to who knows its address',
      input: z.strictObject({ tasks: z.boolean() }),
      output: feed,
      http: { method: 'PATCH', path: '/calendar-feed' },
      handler: (context, input) => service.change(context, input),
    }),
    defineOperation({
      ...own,
      name: 'calendarFeed.remove',
      kind: 'command',
      summary: 'End the address of your calendar',
      input: z.strictObject({}),
      output: z.void(),
      http: { method: 'DELETE', path: '/calendar-feed', status: 204 },
      handler: (context) => service.remove(context),
    }),
    defineOperation({
      tag: own.tag,
      access: { admin: 'settings' },
      name: 'calendarFeed.allowNames',
      kind: 'command',
      summary: 'Let calendars name protected records and the people in them, or not',
      description:
        'Of records with protected health information they show what kind they are, when and where, unless it is allowed.',
      stepUp: true,
      input: z.strictObject({ names: z.boolean() }),
      output: z.object({ names: z.boolean() }),
      http: { method: 'PATCH', path: '/workspace/calendar-feeds' },
      handler: (context, { names }) => service.allowNames(context, names),
    }),
    defineOperation({
      tag: own.tag,
      access: 'public',
      phi: true,
      name: 'calendarFeed.content',
      kind: 'query',
      summary: 'A calendar by its secret address, as RFC 5545 has it',
      description:
        'From 90 days ago to 400 days ahead, with what its owner may read now. Answers 304 to If-None-Match and If-Modified-Since, and 429 beyond 120 times an hour.',
      input: z.strictObject({ token: z.string().max(100) }),
      output: z.string(),
      http: {
        method: 'GET',
        path: '/calendar-feed/{token}',
        raw: true,
        input: ({ params }) => ({ token: params.token?.replace(/\.ics$/, '') }),
      },
      handler: async (context, { token }) => answerWith(await service.content(context, token), context.request),
    }),
  ]
}

function answerWith({ text, etag, lastModified }: CalendarContent, request: Request | undefined): HttpAnswer {
  const validators = { etag, 'last-modified': lastModified.toUTCString(), 'cache-control': 'private, no-cache' }
  if (request && isKnown(request.headers, etag, lastModified)) return new HttpAnswer(null, validators, 304)
  return new HttpAnswer(text, {
    ...validators,
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="calendar.ics"',
  })
}

/** Whether the caller has it already (RFC 9110, 13.2.2): who names a tag is not asked for a time. */
function isKnown(headers: Headers, etag: string, lastModified: Date): boolean {
  const tags = headers.get('if-none-match')
  if (tags !== null) return tags.split(',').some((tag) => [etag, '*'].includes(tag.trim().replace(/^W\//, '')))
  const since = Date.parse(headers.get('if-modified-since') ?? '')
  return Math.floor(lastModified.getTime() / 1_000) * 1_000 <= since
}
