/** The operations on a workspace's own domain. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import type { WorkspaceDomains } from './domain.service.ts'

const base = { tag: 'Workspace', access: { admin: 'settings' } } as const

const textRecord = z.object({ type: z.literal('TXT'), name: z.string(), value: z.string() })

const workspaceDomain = z
  .object({
    domain: z.string().nullable(),
    status: z.enum(['none', 'pending', 'verified']),
    record: textRecord.nullable().describe('What to publish in the DNS of the domain, to show that it is yours.'),
    verifiedAt: z.string().nullable(),
    next: z
      .object({ domain: z.string(), record: textRecord })
      .nullable()
      .describe('What takes the place of the verified domain as soon as it is verified itself.'),
  })
  .meta({ id: 'WorkspaceDomain' })

export function domainOperations(domains: WorkspaceDomains): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'domain.get',
      kind: 'query',
      summary: 'The workspace’s own domain',
      input: z.strictObject({}),
      output: workspaceDomain,
      http: { method: 'GET', path: '/workspace/domain' },
      handler: (context) => domains.get(context),
    }),
    defineOperation({
      ...base,
      name: 'domain.set',
      kind: 'command',
      summary: 'Claim a domain for the workspace',
      description:
        'It counts from when it is verified; until then a domain that was verified before goes on counting. Naming that one again keeps it.',
      stepUp: true,
      input: z.strictObject({ domain: z.string().trim().min(1, 'cannot be empty').max(300) }),
      output: workspaceDomain,
      http: { method: 'PUT', path: '/workspace/domain' },
      handler: (context, { domain }) => domains.claim(context, domain),
    }),
    defineOperation({
      ...base,
      name: 'domain.verify',
      kind: 'command',
      summary: 'Look for the record that shows that the domain is yours',
      description:
        '409 with the detail DOMAIN_RECORD_MISSING, DOMAIN_UNREACHABLE or DOMAIN_TAKEN. Afterwards signing in at the domain chooses the workspace, and links in its messages lead there.',
      stepUp: true,
      cost: 10,
      input: z.strictObject({}),
      output: workspaceDomain,
      http: { method: 'POST', path: '/workspace/domain/verify' },
      handler: (context) => domains.verify(context),
    }),
    defineOperation({
      ...base,
      name: 'domain.remove',
      kind: 'command',
      summary: 'Give up the workspace’s own domain',
      stepUp: true,
      input: z.strictObject({}),
      output: z.void(),
      http: { method: 'DELETE', path: '/workspace/domain', status: 204 },
      handler: (context) => domains.remove(context),
    }),
  ]
}
