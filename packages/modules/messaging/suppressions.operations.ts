/** Addresses that are written to no more: by whoever looks after the workspace, and by the owners of the addresses. */
import { AppError, notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, PagedList } from '@oneforge/kernel/operations'
import { z } from 'zod'
import type { EndingLinks } from './ending-links.ts'
import {
  liftSuppression,
  listSuppressions,
  suppress,
  suppressionReasons,
  suppressionScopes,
} from './suppressions.store.ts'

const base = { tag: 'Messages', access: { admin: 'settings' } } as const
const address = z.email('must be an e-mail address').max(320)
const scope = z.enum(suppressionScopes).describe('All mail, or only what receivers may end.')

const suppression = z
  .object({
    address: z.string(),
    scope,
    reason: z.enum(suppressionReasons),
    detail: z.string().nullable().describe('What the receiving side said, or whoever wrote it down.'),
    createdAt: z.string(),
  })
  .meta({ id: 'MailSuppression' })

export function suppressionOperations(links: EndingLinks): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'mailSuppressions.list',
      kind: 'query',
      summary: 'List addresses that are written to no more, the latest first',
      input: z.strictObject({
        search: z.string().trim().max(320).default(''),
        page: z.coerce.number().int().min(1).max(10_000).default(1),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      output: z.array(suppression),
      http: { method: 'GET', path: '/mail-suppressions' },
      async handler({ tx, model }, { search, page, limit }) {
        const { rows, total } = await listSuppressions(tx, model.tenantId, {
          search,
          limit,
          offset: (page - 1) * limit,
        })
        const totalPages = Math.ceil(total / limit)
        return new PagedList(rows, { page, limit, total, totalPages, hasNext: page < totalPages, hasPrev: page > 1 })
      },
    }),
    defineOperation({
      ...base,
      name: 'mailSuppressions.add',
      kind: 'command',
      summary: 'Write to an address no more',
      input: z.strictObject({ address, scope: scope.default('all'), detail: z.string().trim().max(500).default('') }),
      output: z.void(),
      http: { method: 'POST', path: '/mail-suppressions', status: 204 },
      handler: ({ tx, model }, { detail, ...one }) =>
        suppress(tx, model.tenantId, { ...one, reason: 'by_hand', detail: detail || null }),
    }),
    defineOperation({
      ...base,
      name: 'mailSuppressions.lift',
      kind: 'command',
      summary: 'Write to an address again',
      input: z.strictObject({ address: z.string().trim().min(1).max(320), scope }),
      output: z.void(),
      http: { method: 'POST', path: '/mail-suppressions/lift', status: 204 },
      async handler({ tx, model }, one) {
        if (!(await liftSuppression(tx, model.tenantId, one))) {
          throw notFound(`${one.address} among the addresses that are written to no more`)
        }
      },
    }),
    defineOperation({
      name: 'mailSuppressions.end',
      kind: 'command',
      summary: 'End the marketing that goes to one’s own address',
      description: 'The token stands in the message. Mail programs post to this address themselves (RFC 8058).',
      tag: 'Messages',
      access: 'public',
      input: z.strictObject({ token: z.string({ error: 'is required' }).max(700) }),
      output: z.void(),
      http: {
        method: 'POST',
        path: '/mail-suppressions/end',
        status: 204,
        // A mail program sends a form: what counts is in the address.
        body: 'none',
        input: ({ query }) => Object.fromEntries(query),
      },
      async handler({ database }, { token }) {
        const link = links.read(token)
        if (!link) throw new AppError('NOT_FOUND', 'This link is not whole. Open it from the message again.')
        const { tenantId } = link
        await database.transaction({ tenantId }, (tx) =>
          suppress(tx, tenantId, { address: link.address, scope: 'marketing', reason: 'unsubscribed', detail: null }),
        )
      },
    }),
  ]
}
