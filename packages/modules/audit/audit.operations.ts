/** Who did what to which records. */
import { isId } from '@oneforge/kernel/database'
import { notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, HttpAnswer } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { exportEntries, listEntries, type Summaries } from './audit.service.ts'
import { isRecord } from './audit.store.ts'

const base = { tag: 'Audit', kind: 'query', access: { admin: 'audit' } } as const

const id = z.uuid('must be an id')
const filters = {
  user: id.optional().describe('Who did it'),
  operation: z
    .string()
    .max(1_000)
    .optional()
    .transform((names) => names?.split(',').map((name) => name.trim()))
    .describe('Names of operations, separated by commas'),
  kind: z.enum(['command', 'query']).optional(),
  object: z.string().max(100).optional(),
  record: id.optional(),
  outcome: z.enum(['done', 'failed']).optional(),
  requestId: z.string().max(200).optional(),
  from: z.string().max(40).optional().describe('A date or a moment'),
  to: z.string().max(40).optional().describe('A date, which is included, or the moment before which'),
}
const page = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
}

const person = z.object({ id: z.uuid(), name: z.string().nullable() })
const entry = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: person.nullable(),
    actorKind: z.string(),
    actedBy: z.string().nullable().describe('The workflow that called it; its run is named by `requestId`.'),
    account: person.nullable().describe('As whom a stranger tried to sign in.'),
    viewedAs: person.nullable().describe('As whom an administrator looked at the workspace.'),
    keyId: z.uuid().nullable().describe('The API key that was shown.'),
    kind: z.enum(['command', 'query']),
    operation: z.string(),
    summary: z.string(),
    object: z.object({ slug: z.string(), label: z.string() }).nullable(),
    recordIds: z.array(z.uuid()).describe('At most 50 of them.'),
    recordCount: z.int(),
    outcome: z.enum(['done', 'failed']),
    errorCode: z.string().nullable(),
    durationMs: z.int(),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string(),
    source: z.string(),
  })
  .meta({ id: 'LogEntry' })

/** `registered` gives all operations there are, once they are there. */
export function auditOperations(registered: () => AnyOperation[]): AnyOperation[] {
  const summaries = (): Summaries => new Map(registered().map(({ name, summary }) => [name, summary]))
  return [
    defineOperation({
      ...base,
      name: 'audit.list',
      summary: 'Who did what, the latest first',
      input: z.strictObject({ ...filters, ...page }),
      output: z.array(entry),
      http: { method: 'GET', path: '/audit' },
      handler: (context, { cursor, limit, ...query }) => listEntries(context, summaries(), query, { cursor, limit }),
    }),
    defineOperation({
      ...base,
      name: 'audit.operations',
      summary: 'The operations that entries can be about',
      input: z.strictObject({}),
      output: z.array(
        z.object({ name: z.string(), summary: z.string(), tag: z.string(), kind: z.enum(['command', 'query']) }),
      ),
      http: { method: 'GET', path: '/audit/operations' },
      handler: async () =>
        registered()
          .filter(({ kind, phi }) => kind === 'command' || phi)
          .map(({ name, summary, tag, kind }) => ({ name, summary, tag, kind })),
    }),
    defineOperation({
      ...base,
      name: 'audit.export',
      summary: 'Who did what, as CSV',
      // Taking the log out of the system leaves an entry in it.
      phi: true,
      input: z.strictObject(filters),
      output: z.string(),
      cost: 20,
      http: { method: 'GET', path: '/audit/export', raw: true },
      handler: async (context, query) =>
        new HttpAnswer(exportEntries(context, query), {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename*=UTF-8''audit-${context.now.toISOString().slice(0, 10)}.csv`,
        }),
    }),
    defineOperation({
      ...base,
      name: 'audit.forRecord',
      summary: 'Who read or changed a record, the latest first',
      input: z.strictObject({ object: z.string(), id: z.string(), ...withoutRecord(filters), ...page }),
      output: z.array(entry),
      http: { method: 'GET', path: '/{object}/{id}/accesses' },
      async handler(context, { object, id: record, cursor, limit, ...query }) {
        const owner = context.model.object.get(object)
        if (!owner) throw notFound(`The object “${object}”`)
        if (!isId(record) || !(await isRecord(context.tx, context.model.tenantId, owner.id, record)))
          throw notFound(`The record ${record} of ${object}`)
        return listEntries(context, summaries(), { ...query, record }, { cursor, limit })
      },
    }),
  ]
}

function withoutRecord({ record: _, object: __, ...rest }: typeof filters): Omit<typeof filters, 'record' | 'object'> {
  return rest
}
