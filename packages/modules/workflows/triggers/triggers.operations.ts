/** How people and programs start workflows: buttons, and addresses that are called from outside. */
import type { Database } from '@oneforge/kernel/database'
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import type { Transactions } from '../../jobs/index.ts'
import type { DefinitionsService } from '../definitions/definitions.service.ts'
import { buttonsOf, press } from './buttons.ts'
import { removeHook, renewHook, takeCall } from './hooks.ts'

const tag = 'Workflows'

const workflowPath = z.strictObject({ id: z.string() })

/** @param parts.wake runs may go on. */
export function triggerOperations(parts: {
  database: Database
  transactions: Transactions
  service: DefinitionsService
  baseUrl: string
  wake(): void
}): AnyOperation[] {
  const { service, baseUrl, wake } = parts
  return [
    defineOperation({
      tag,
      access: { admin: 'automation' },
      name: 'workflows.renewAddress',
      kind: 'command',
      summary: 'Make an address by which a workflow is called from outside; the one before ends',
      description: 'The address is told in this answer and never again. Whoever knows it starts the workflow.',
      secretAnswer: true,
      input: workflowPath,
      output: z.object({ url: z.string(), secret: z.string() }).meta({ id: 'WorkflowAddress' }),
      http: { method: 'POST', path: '/workflows/{id}/webhook-address' },
      async handler(context, { id }) {
        await service.row(context, id)
        return renewHook(context, id, baseUrl)
      },
    }),
    defineOperation({
      tag,
      access: { admin: 'automation' },
      name: 'workflows.removeAddress',
      kind: 'command',
      summary: 'End the address by which a workflow is called from outside',
      input: workflowPath,
      output: z.void(),
      http: { method: 'DELETE', path: '/workflows/{id}/webhook-address', status: 204 },
      async handler(context, { id }) {
        await service.row(context, id)
        return removeHook(context, id)
      },
    }),
    defineOperation({
      tag,
      access: 'public',
      name: 'workflows.call',
      kind: 'command',
      summary: 'Start the workflow at a secret address',
      description:
        'Takes any JSON of 256 KB at the most, which the workflow sees as trigger.body, 120 times a minute. With the same Idempotency-Key it runs once.',
      input: z.strictObject({ secret: z.string().max(100), body: z.unknown().optional() }),
      output: z.object({ runId: z.string() }).meta({ id: 'WorkflowCall' }),
      http: {
        method: 'POST',
        path: '/hooks/{secret}',
        status: 202,
        input: ({ params, body }) => ({ secret: params.secret, body }),
      },
      async handler(context, { secret, body }) {
        const key = context.request?.headers.get('idempotency-key') ?? null
        const runId = await takeCall(parts, context, { secret, body, key })
        wake()
        return { runId }
      },
    }),
    defineOperation({
      tag,
      access: 'member',
      name: 'workflowButtons.list',
      kind: 'query',
      summary: 'Workflows that you may start on records of an object',
      input: z.strictObject({ object: z.string().max(100) }),
      output: z.array(
        z
          .object({ id: z.string(), label: z.string(), icon: z.string().nullable(), confirm: z.string().nullable() })
          .meta({ id: 'WorkflowButton' }),
      ),
      http: { method: 'GET', path: '/workflow-buttons' },
      handler: (context, { object }) => buttonsOf(context, object),
    }),
    defineOperation({
      tag,
      access: 'member',
      name: 'workflowButtons.press',
      kind: 'command',
      summary: 'Start a workflow on a record, or on several',
      input: workflowPath.extend({ recordIds: z.array(z.uuid()).max(1_000).default([]) }),
      output: z
        .object({
          started: z.int(),
          refused: z.array(z.object({ recordId: z.string(), message: z.string() })),
        })
        .meta({ id: 'PressedButton' }),
      http: { method: 'POST', path: '/workflows/{id}/press' },
      async handler(context, { id, recordIds }) {
        const pressed = await press(context, id, recordIds)
        context.afterCommit(wake)
        return pressed
      },
    }),
  ]
}
