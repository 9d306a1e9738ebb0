/** The operations on one's own sessions. */
import { type Database, isId } from '@oneforge/kernel/database'
import { notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type UserContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { insertAudit } from './audit.store.ts'
import { deviceOf } from './device.ts'
import { bodyOnly } from './identity.schemas.ts'
import { listSessions, type SessionRow } from './sessions.store.ts'
import type { Sessions } from './sessions.ts'

const base = { tag: 'Sessions', access: 'user' } as const

const session = z.object({
  id: z.uuid(),
  current: z.boolean(),
  workspace: z.object({ id: z.uuid(), name: z.string() }),
  device: z.object({
    browser: z.string().nullable(),
    system: z.string().nullable(),
    kind: z.enum(['desktop', 'mobile', 'tablet', 'program']),
  }),
  ip: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().describe('To the minute.'),
  expiresAt: z.string(),
})

export function sessionOperations(database: Database, sessions: Sessions): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'sessions.list',
      kind: 'query',
      summary: 'List your sessions, the one used last first',
      input: z.strictObject({}),
      output: z.array(session),
      http: { method: 'GET', path: '/auth/sessions' },
      handler: async ({ actor: { userId }, sessionId, now }) => {
        const rows = await database.transaction({ userId }, (tx) => listSessions(tx, userId, now))
        return rows.map((row) => present(row, sessionId))
      },
    }),
    defineOperation({
      ...base,
      name: 'sessions.end',
      kind: 'command',
      summary: 'End one of your sessions',
      input: z.strictObject({ id: z.string() }),
      output: z.void(),
      http: { method: 'DELETE', path: '/auth/sessions/{id}', status: 204 },
      handler: async (context, { id }) => {
        const { userId } = context.actor
        await database.transaction({ userId, tenantId: context.tenantId }, async (tx) => {
          if (!isId(id) || !(await sessions.end(tx, id, 'ended by its user'))) throw notFound(`The session ${id}`)
          await insertAudit(tx, endedBy(context, id), context)
        })
      },
    }),
    defineOperation({
      ...base,
      name: 'sessions.endOthers',
      kind: 'command',
      summary: 'End all your sessions but this one',
      input: z.strictObject({}),
      output: z.object({ ended: z.int() }),
      http: { method: 'POST', path: '/auth/sessions/end-others', input: bodyOnly },
      handler: async (context) => {
        const { userId } = context.actor
        const { sessionId, tenantId } = context
        return database.transaction({ userId, tenantId }, async (tx) => {
          const ended = await sessions.endOthers(tx, userId, sessionId, 'ended by its user')
          await insertAudit(tx, endedBy(context, 'all others'), context)
          return { ended }
        })
      },
    }),
  ]
}

const endedBy = ({ tenantId, actor }: UserContext, session: string) => ({
  tenantId,
  actorId: actor.userId,
  action: 'auth.session_ended' as const,
  changes: { session: [session, null] as [string, null] },
})

const present = (row: SessionRow, currentId: string | null) => ({
  id: row.id,
  current: row.id === currentId,
  workspace: { id: row.tenantId, name: row.workspace },
  device: deviceOf(row.userAgent),
  ip: row.ip,
  createdAt: row.createdAt,
  lastUsedAt: row.lastUsedAt,
  expiresAt: row.expiresAt,
})
