/** E-mails written here, what became of them, and what they end with. */
import { sanitizeHtml } from '@oneforge/kernel/metadata/values'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { listRecords } from '@oneforge/kernel/records'
import { z } from 'zod'
import type { EmailWriter } from './email-writer.ts'
import { setSignature, signatureOf, statesOf } from './sent-emails.store.ts'

const base = { tag: 'E-mail', access: 'member', phi: true } as const
const recordPath = { object: z.string(), id: z.string() }
/** In base64, with room for the rest in a body of 10 MB. */
const largestAttachments = 9 * 1024 ** 2
const mostStates = 100

const drafted = z
  .object({
    to: z.string().nullable(),
    subject: z.string(),
    html: z.string(),
    signature: z.string(),
    delivers: z.boolean().describe('Whether mail goes out at all.'),
    receivesAnswers: z.boolean().describe('Whether answers come back here; else they go to whoever has written.'),
  })
  .meta({ id: 'EmailDraft' })

const newEmail = z
  .strictObject({
    ...recordPath,
    to: z.email('must be an e-mail address').max(320),
    subject: z
      .string()
      .trim()
      .min(1, 'cannot be empty')
      .max(500, 'takes at most 500 characters')
      .regex(/^[^\p{Cc}]*$/u, 'must be one line'),
    html: z.string().max(200_000, 'takes at most 200,000 characters').optional(),
    templateId: z.uuid('must be the id of a template').optional().describe('In place of `html`.'),
    attachments: z
      .array(z.strictObject({ name: z.string().min(1).max(300), content: z.base64('must be base64') }))
      .max(20, 'takes at most 20 files')
      .refine(
        (files) => files.reduce((sum, { content }) => sum + content.length, 0) <= largestAttachments,
        'takes at most 6 MB together',
      )
      .default([]),
    answers: z.uuid().optional().describe('The e-mail record that it answers: it stands in its thread.'),
  })
  .refine(({ html, templateId }) => (html === undefined) !== (templateId === undefined), {
    path: ['html'],
    message: 'is required, or templateId in its place',
  })

export function emailOperations(writer: EmailWriter): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'emails.draft',
      kind: 'query',
      summary: 'What an e-mail about a record begins with',
      description: 'Its receiver, the caller’s signature and, with a template, the whole message as it would go out.',
      input: z.strictObject({ ...recordPath, templateId: z.uuid().optional() }),
      output: drafted,
      http: { method: 'GET', path: '/{object}/{id}/email-draft' },
      handler: (context, input) => writer.draft(context, input),
    }),
    defineOperation({
      ...base,
      name: 'emails.send',
      kind: 'command',
      summary: 'Write an e-mail about a record',
      description:
        'It goes out by the workspace’s server and is kept as an e-mail of the record; answers come back to both. 409 where no mail goes out, or none to this address.',
      cost: 5,
      input: newEmail,
      output: z.object({ id: z.uuid(), object: z.string() }),
      http: { method: 'POST', path: '/{object}/{id}/email', status: 201 },
      handler: (context, input) => writer.send(context, input),
    }),
    defineOperation({
      ...base,
      name: 'emails.states',
      kind: 'query',
      summary: 'What became of e-mails that were written here',
      description: 'By ids of their records, separated by commas; those that came here from elsewhere are left out.',
      input: z.strictObject({
        ids: z
          .string()
          .min(1, 'cannot be empty')
          .max(mostStates * 37),
      }),
      output: z.array(
        z.object({
          recordId: z.uuid(),
          address: z.string(),
          state: z.enum(['kept', 'queued', 'sending', 'sent', 'failed', 'bounced']),
          reason: z.string().nullable(),
        }),
      ),
      http: { method: 'GET', path: '/email-states' },
      handler: async (context, { ids }) => statesOf(context.tx, context.model.tenantId, await seen(context, ids)),
    }),
    defineOperation({
      tag: 'Your account',
      access: 'member',
      name: 'mailSignature.get',
      kind: 'query',
      summary: 'Read what your e-mails end with',
      input: z.strictObject({}),
      output: z.object({ html: z.string() }),
      http: { method: 'GET', path: '/mail-signature' },
      handler: async ({ tx, model, actor }) => ({ html: await signatureOf(tx, model.tenantId, actor.userId!) }),
    }),
    defineOperation({
      tag: 'Your account',
      access: 'member',
      name: 'mailSignature.set',
      kind: 'command',
      summary: 'Say what your e-mails end with',
      input: z.strictObject({ html: z.string().max(20_000, 'takes at most 20,000 characters') }),
      output: z.object({ html: z.string() }),
      http: { method: 'PUT', path: '/mail-signature' },
      async handler({ tx, model, actor }, { html: written }) {
        const html = sanitizeHtml(written)
        await setSignature(tx, model.tenantId, actor.userId!, html)
        return { html }
      },
    }),
  ]
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Those of the ids that are e-mails which the caller may read. */
async function seen(context: OperationContext, ids: string): Promise<string[]> {
  const wanted = ids
    .split(',')
    .filter((id) => uuid.test(id))
    .slice(0, mostStates)
  const emails = context.model.objects.find(({ activity }) => activity === 'email')
  if (!emails || wanted.length === 0 || !context.policy.objects.has(emails.slug)) return []
  const filter = { field: 'id', op: 'in', value: wanted }
  const { rows } = await listRecords(context, emails, { filter, limit: mostStates })
  return rows.map(({ id }) => id)
}
