/** The networks that people may come from. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { addNetwork, changeNetwork, listNetworks, removeNetwork } from './networks.service.ts'

const base = { tag: 'Networks', access: { admin: 'settings' } } as const

const named = z.object({ id: z.uuid(), name: z.string().nullable() })

const rule = z
  .object({
    id: z.uuid(),
    network: z.string(),
    comment: z.string().nullable(),
    active: z.boolean(),
    location: named.nullable().describe('Null: the whole workspace.'),
    createdAt: z.string(),
    createdBy: named.nullable(),
  })
  .meta({ id: 'NetworkRule' })

const settings = z.strictObject({
  network: z
    .string({ error: 'is required' })
    .max(100, 'takes at most 100 characters')
    .describe('CIDR: 203.0.113.0/24, 2001:db8::/32; a single address stands for itself'),
  comment: z
    .string()
    .max(200, 'takes at most 200 characters')
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must not hold control characters')
    .nullable()
    .optional(),
  active: z.boolean().optional(),
  locationId: z.uuid('must be the id of a location').nullable().optional(),
})
const idPath = z.strictObject({ id: z.uuid('must be the id of a rule') })

export const networkOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'networks.list',
    kind: 'query',
    summary: 'List the networks that people may come from, and the caller’s own address',
    input: z.strictObject({}),
    output: z.object({ address: z.string().nullable(), rules: z.array(rule) }),
    http: { method: 'GET', path: '/networks' },
    handler: (context) => listNetworks(context),
  }),
  defineOperation({
    ...base,
    name: 'networks.create',
    kind: 'command',
    summary: 'Allow a network',
    description: 'Refused (409) where it would shut out the caller.',
    input: settings,
    output: rule,
    http: { method: 'POST', path: '/networks', status: 201 },
    handler: (context, input) => addNetwork(context, input),
  }),
  defineOperation({
    ...base,
    name: 'networks.update',
    kind: 'command',
    summary: 'Change the rule of a network',
    description: 'Refused (409) where it would shut out the caller.',
    input: settings.partial().extend(idPath.shape),
    output: rule,
    http: { method: 'PATCH', path: '/networks/{id}' },
    handler: (context, { id, ...input }) => changeNetwork(context, id, input),
  }),
  defineOperation({
    ...base,
    name: 'networks.delete',
    kind: 'command',
    summary: 'Delete the rule of a network',
    description: 'Refused (409) where it would shut out the caller.',
    input: idPath,
    output: z.void(),
    http: { method: 'DELETE', path: '/networks/{id}', status: 204 },
    handler: (context, { id }) => removeNetwork(context, id),
  }),
]
