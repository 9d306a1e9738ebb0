/** The operations on API keys. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { name, roleKeys } from '../identity.schemas.ts'
import type { ApiKeys } from './api-keys.service.ts'
import type { ApiKeyRow } from './api-keys.store.ts'

const base = { tag: 'API keys', access: { admin: 'settings' } } as const
const reference = z.object({ id: z.uuid(), name: z.string() })

const requestsPerMinute = z
  .int()
  .min(1)
  .max(100_000)
  .describe('Weighted, as in GET /usage: a write counts 2, an export 20. Beside the limit of the workspace.')

const apiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().describe('How the key begins, to recognise it by.'),
    account: reference.describe('The service account that the key acts as.'),
    roles: z.array(z.string()),
    operations: z
      .array(z.string())
      .nullable()
      .describe('What the key is limited to; null is all that the roles allow.'),
    createdAt: z.string(),
    createdBy: reference.nullable(),
    expiresAt: z.string().nullable(),
    lastUsedAt: z.string().nullable().describe('To the minute.'),
    requestsPerMinute: requestsPerMinute.nullable(),
    status: z.enum(['active', 'expired', 'revoked']),
  })
  .meta({ id: 'ApiKey' })

export function apiKeyOperations(apiKeys: ApiKeys): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'keys.list',
      kind: 'query',
      summary: 'List API keys, the latest first',
      input: z.strictObject({}),
      output: z.array(apiKey),
      http: { method: 'GET', path: '/api-keys' },
      handler: async (context) => (await apiKeys.list(context)).map(present),
    }),
    defineOperation({
      ...base,
      name: 'keys.create',
      kind: 'command',
      summary: 'Make an API key',
      description:
        'The key is told in this answer and never again. It acts as a service account: one of its own with the roles given (the caller’s without them), or one that is there.',
      stepUp: true,
      secretAnswer: true,
      input: z.strictObject({
        name,
        roles: roleKeys.optional(),
        operations: z.array(z.string().max(100)).min(1).max(200).optional(),
        expiresAt: z.iso.datetime({ offset: true }).optional(),
        account: z.string().max(100).optional().describe('Id of a service account, for a further key.'),
        requestsPerMinute: requestsPerMinute.optional(),
      }),
      output: apiKey.extend({ key: z.string() }),
      http: { method: 'POST', path: '/api-keys', status: 201 },
      handler: async (context, input) => {
        const { key, ...row } = await apiKeys.create(context, input)
        return { ...present(row), key }
      },
    }),
    defineOperation({
      ...base,
      name: 'keys.update',
      kind: 'command',
      summary: 'Rename an API key, or change how many requests it may make',
      description: 'Other servers know of another limit within a minute.',
      stepUp: true,
      input: z.strictObject({
        id: z.string(),
        name: name.optional(),
        requestsPerMinute: requestsPerMinute.nullable().optional().describe('Null: as many as the workspace may.'),
      }),
      output: apiKey,
      http: { method: 'PATCH', path: '/api-keys/{id}' },
      handler: async (context, { id, ...changes }) => present(await apiKeys.update(context, id, changes)),
    }),
    defineOperation({
      ...base,
      name: 'keys.revoke',
      kind: 'command',
      summary: 'Revoke an API key',
      description: 'The next request with it is refused.',
      stepUp: true,
      input: z.strictObject({ id: z.string() }),
      output: z.void(),
      http: { method: 'DELETE', path: '/api-keys/{id}', status: 204 },
      handler: (context, { id }) => apiKeys.revoke(context, id),
    }),
  ]
}

const present = (row: ApiKeyRow) => ({ ...row, prefix: `ofk_${row.id.replaceAll('-', '')}` })
