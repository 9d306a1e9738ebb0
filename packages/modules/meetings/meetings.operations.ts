/** Invitations to the meetings that a workspace keeps as records. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import type { Invitation, InvitationService } from './invitations.service.ts'

const common = { tag: 'Meetings', access: 'member', phi: true } as const
const meetingPath = z.strictObject({ object: z.string(), id: z.string() })

const invitations = z
  .object({
    invitations: z.array(
      z.object({
        address: z.string(),
        state: z
          .enum(['to_send', 'sent', 'changed', 'removed', 'cancelled'])
          .describe(
            'changed: the meeting is another than the one told; removed: no attendee any more, and not told so',
          ),
        answer: z.enum(['accepted', 'declined', 'tentative']).nullable(),
        sentAt: z.string().nullable(),
        answeredAt: z.string().nullable(),
      }),
    ),
    delivers: z.boolean().describe('Whether the installation sends mail'),
    receivesAnswers: z.boolean().describe('Whether answers come back here; else they go to whoever has invited'),
  })
  .meta({ id: 'MeetingInvitations' })

export function meetingOperations(service: InvitationService): AnyOperation[] {
  const { delivers, receivesAnswers } = service
  const present = (invitations: Invitation[]) => ({ invitations, delivers, receivesAnswers })
  return [
    defineOperation({
      ...common,
      name: 'meetings.invitations',
      kind: 'query',
      summary: 'List who is invited to a meeting, and what they answered',
      input: meetingPath,
      output: invitations,
      http: { method: 'GET', path: '/{object}/{id}/invitations' },
      handler: async (context, path) => present(await service.list(context, path)),
    }),
    defineOperation({
      ...common,
      name: 'meetings.invite',
      kind: 'command',
      summary: 'Invite the attendees of a meeting by mail, or tell them what has changed',
      description:
        'Who knows the meeting as it is gets nothing. Who is no attendee any more is told that, and all are when it is cancelled.',
      input: meetingPath,
      output: invitations,
      http: { method: 'POST', path: '/{object}/{id}/invitations' },
      handler: async (context, path) => present(await service.send(context, path)),
    }),
  ]
}
