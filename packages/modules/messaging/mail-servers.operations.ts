/** The workspace's own mail server. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { securities } from './mail-servers.port.ts'
import type { MailServers } from './mail-servers.ts'

const base = { tag: 'Messages', access: { admin: 'settings' } } as const

const settings = {
  host: z
    .string()
    .trim()
    .min(1, 'cannot be empty')
    .max(253, 'must have at most 253 letters')
    .regex(/^[a-zA-Z0-9.:_-]+$/, 'must be the name of a server, such as smtp.example.com'),
  port: z.int().min(1).max(65_535),
  security: z
    .enum(securities)
    .describe('`tls` from the first byte (465), `starttls` after the greeting (587), `none` in the open.'),
  username: z.string().trim().min(1).max(300).nullable().describe('Null where the server asks for no password.'),
  fromName: z
    .string()
    .trim()
    .min(1, 'cannot be empty')
    .max(200)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line'),
  fromAddress: z.email('must be an e-mail address'),
  perMinute: z.int().min(1).max(10_000).default(60).describe('More wait for their turn.'),
  perDay: z.int().min(1).max(1_000_000).default(2_000),
}

const server = z
  .object({
    ...settings,
    perMinute: z.int(),
    perDay: z.int(),
    fromAddress: z.string(),
    hasPassword: z.boolean().describe('The password itself is never told.'),
    checkedAt: z.string().nullable().describe('When it was last reached with these settings.'),
  })
  .meta({ id: 'MailServer' })

export function mailServerOperations(servers: MailServers): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'mailServer.get',
      kind: 'query',
      summary: 'The mail server of the workspace',
      description: 'Null where messages go out by the installation’s.',
      input: z.strictObject({}),
      output: server.nullable(),
      http: { method: 'GET', path: '/mail-server' },
      handler: (context) => servers.get(context),
    }),
    defineOperation({
      ...base,
      name: 'mailServer.set',
      kind: 'command',
      summary: 'Send the workspace’s messages by a server of its own',
      description: 'Without `password` the one before stays, as long as it goes to the same server in the same way.',
      stepUp: true,
      input: z.strictObject({
        ...settings,
        password: z.string().min(1).max(1_000).nullable().optional(),
      }),
      output: server,
      http: { method: 'PUT', path: '/mail-server' },
      handler: (context, input) => servers.set(context, input),
    }),
    defineOperation({
      ...base,
      name: 'mailServer.check',
      kind: 'command',
      summary: 'Reach the mail server of the workspace and sign in there',
      description: 'Nothing is sent. 409 with what the server said where it does not work.',
      cost: 10,
      input: z.strictObject({}),
      output: server,
      http: { method: 'POST', path: '/mail-server/check' },
      handler: (context) => servers.check(context),
    }),
    defineOperation({
      ...base,
      name: 'mailServer.remove',
      kind: 'command',
      summary: 'Send by the installation’s server again',
      stepUp: true,
      input: z.strictObject({}),
      output: z.void(),
      http: { method: 'DELETE', path: '/mail-server', status: 204 },
      handler: (context) => servers.remove(context),
    }),
  ]
}
