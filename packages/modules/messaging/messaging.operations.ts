/** The outbox: which messages were sent, which were not and why; without a mail server, what they say. */
import { isId, type Transaction } from '@oneforge/kernel/database'
import { forbidden, notFound } from '@oneforge/kernel/errors'
import { noTenant } from '@oneforge/kernel/jobs'
import { type AnyOperation, defineOperation, type OperationContext, PagedList } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { mailKinds } from './mail.port.ts'
import { isSuperAdmin, listMessages, type MessageRow, messageStates } from './outbox.store.ts'
import type { Outbox } from './outbox.ts'

const tag = 'Messages'
const scopes = ['workspace', 'installation'] as const
type Scope = (typeof scopes)[number]

const scope = z
  .enum(scopes)
  .default('workspace')
  .describe(
    'Messages that belong to a person, such as password resets, are the installation’s: its super admin sees them.',
  )

const message = z
  .object({
    id: z.uuid(),
    kind: z.enum(mailKinds),
    to: z.string(),
    subject: z.string(),
    text: z.string().nullable().describe('Only of messages that no mail server will send.'),
    state: z.enum(messageStates),
    attempts: z.int(),
    lastError: z.string().nullable(),
    createdAt: z.string(),
    sentAt: z.string().nullable(),
    scope: z.enum(scopes),
  })
  .meta({ id: 'OutgoingMessage' })

export function messagingOperations(outbox: Outbox): AnyOperation[] {
  return [
    defineOperation({
      name: 'outbox.list',
      kind: 'query',
      summary: 'List outgoing messages, the latest first',
      tag,
      access: { admin: 'settings' },
      input: z.strictObject({
        scope,
        state: z.enum(messageStates).optional(),
        page: z.coerce.number().int().min(1).max(10_000).default(1),
        limit: z.coerce.number().int().min(1).max(200).default(20),
      }),
      output: z.array(message),
      http: { method: 'GET', path: '/outbox' },
      handler: (context, { scope, state, page, limit }) =>
        inScope(context, scope, async (tx) => {
          const { rows, total } = await listMessages(tx, { state, limit, offset: (page - 1) * limit })
          const totalPages = Math.ceil(total / limit)
          const place = { page, limit, total, totalPages, hasNext: page < totalPages, hasPrev: page > 1 }
          return new PagedList(
            rows.map((row) => present(row, scope)),
            place,
          )
        }),
    }),
    defineOperation({
      name: 'outbox.retry',
      kind: 'command',
      summary: 'Send a message that was kept or could not be sent',
      tag,
      access: { admin: 'settings' },
      input: z.strictObject({ id: z.string(), scope }),
      output: message,
      http: { method: 'POST', path: '/outbox/{id}/retry' },
      handler: (context, { id, scope }) => {
        if (!isId(id)) throw notFound(`The message ${id}`)
        return inScope(context, scope, async (tx) => present(await outbox.retry(tx, id), scope))
      },
    }),
  ]
}

/** A transaction in which the messages of the scope are to be seen. */
async function inScope<T>(context: OperationContext, scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> {
  if (scope === 'workspace') return work(context.tx)
  if (!(await isSuperAdmin(context.tx, context.actor.userId!))) {
    throw forbidden('Messages of the installation show to its super admin only.')
  }
  return context.database.transaction({ tenantId: noTenant }, work)
}

const present = (row: MessageRow, scope: Scope) => ({
  id: row.id,
  kind: row.kind,
  to: row.recipient,
  subject: row.subject,
  text: row.state === 'kept' ? row.body : null,
  state: row.state,
  attempts: row.attempts,
  lastError: row.lastError,
  createdAt: row.createdAt,
  sentAt: row.sentAt,
  scope,
})
