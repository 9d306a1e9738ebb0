/** The operations on a workspace's rules of signing in. */
import { bumpVersion } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { insertAudit } from './audit.store.ts'
import { anyRoleKeys } from './identity.schemas.ts'
import { knownRoles } from './members/granting.ts'
import { readSecurity, type SecuritySettings, writeSecurity } from './security.store.ts'

const base = { tag: 'Security', access: { admin: 'settings' } } as const
const shortestIdle = 5
const longestIdle = 24 * 60

const settings = z.strictObject({
  idleMinutes: z
    .int()
    .min(shortestIdle)
    .max(longestIdle)
    .nullable()
    .describe('Minutes without a request after which people are signed out; null for never.'),
  requireSecondFactor: anyRoleKeys.describe('Roles whose members need a second factor.'),
})

export const securityOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'security.get',
    kind: 'query',
    summary: 'Tell the rules of signing in',
    input: z.strictObject({}),
    output: settings,
    http: { method: 'GET', path: '/security' },
    handler: ({ tx }) => readSecurity(tx),
  }),
  defineOperation({
    ...base,
    name: 'security.update',
    kind: 'command',
    summary: 'Change the rules of signing in',
    stepUp: true,
    input: settings.partial(),
    output: settings,
    http: { method: 'PATCH', path: '/security' },
    handler: async (context, input) => {
      const { tx, model, actor } = context
      knownRoles(model, input.requireSecondFactor ?? [], 'requireSecondFactor')
      await bumpVersion(tx, model.tenantId)
      const before = await readSecurity(tx)
      const after: SecuritySettings = { ...before, ...input }
      await writeSecurity(tx, after)
      const entry = { tenantId: model.tenantId, actorId: actor.userId, action: 'security.changed' as const }
      await insertAudit(tx, { ...entry, changes: changesBetween(before, after) }, context)
      return after
    },
  }),
]

function changesBetween(before: SecuritySettings, after: SecuritySettings): Record<string, [unknown, unknown]> {
  const keys = Object.keys(after) as (keyof SecuritySettings)[]
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  return Object.fromEntries(changed.map((key) => [key, [before[key], after[key]]]))
}
