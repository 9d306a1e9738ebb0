/** What workflows ask of people: a yes or a no. */
import { isId } from '@oneforge/kernel/database'
import { conflict, notFound } from '@oneforge/kernel/errors'
import { inLocale } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import type { SeenTitle } from '../../following/index.ts'
import { stepsWithin } from '../definition.ts'
import { decideApproval } from '../engine/index.ts'
import { workflowOf } from '../stored-form.ts'
import { type ApprovalRow, approvalsFor, findApproval } from './approvals.store.ts'
import { hidden, hiddenSteps, withoutValues } from './masking.ts'
import { approval } from './runs.schemas.ts'
import { recordOf, seenOf, stepAt } from './runs.service.ts'

const base = { tag: 'Workflows', access: 'member' } as const

const rolesOf = ({ policy }: OperationContext): string[] => policy.roles.map(({ key }) => key)

/** @param wake runs may go on. */
export function approvalOperations(wake: () => void): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'workflowApprovals.list',
      kind: 'query',
      phi: true,
      summary: 'What workflows ask of you, the oldest first',
      description: 'Where it tells of fields that the caller may not see, their values stand as «hidden».',
      input: z.strictObject({}),
      output: z.array(approval),
      http: { method: 'GET', path: '/workflow-approvals' },
      async handler(context) {
        const { userId } = context.actor
        if (userId === null) return []
        const rows = await approvalsFor(context.tx, { userId, roles: rolesOf(context) })
        const seen = await seenOf(context, rows)
        return rows.map((row) => present(context, row, seen))
      },
    }),
    defineOperation({
      ...base,
      name: 'workflowApprovals.decide',
      kind: 'command',
      phi: true,
      summary: 'Say yes or no to what a workflow asks',
      input: z.strictObject({ id: z.string(), approved: z.boolean(), note: z.string().trim().max(2_000).optional() }),
      output: approval,
      http: { method: 'POST', path: '/workflow-approvals/{id}' },
      async handler(context, { id, approved, note }) {
        await decide(context, await askedOf(context, id), approved, note)
        context.afterCommit(wake)
        const row = (await findApproval(context.tx, id))!
        return present(context, row, await seenOf(context, [row]))
      },
    }),
  ]
}

/** One that the caller was asked; others do not know of it. */
async function askedOf(context: OperationContext, id: string): Promise<ApprovalRow> {
  const row = isId(id) ? await findApproval(context.tx, id) : undefined
  const roles = new Set(rolesOf(context))
  const isAsked = row?.asked.some((one) => ('user' in one ? one.user === context.actor.userId : roles.has(one.role)))
  if (!row || !isAsked) throw notFound('The approval')
  return row
}

async function decide(context: OperationContext, row: ApprovalRow, approved: boolean, note?: string): Promise<void> {
  if (row.state !== 'open') throw decidedAlready(row)
  await decideApproval(context, row.id, { approved, ...(note ? { note } : {}) })
}

function decidedAlready({ state, decider_name }: ApprovalRow) {
  const who = decider_name ? ` by ${decider_name}` : ''
  return conflict(
    state === 'withdrawn'
      ? 'This is asked no more: the run that asked it is over.'
      : `This has been ${state}${who} already.`,
  )
}

/** It was put together with the rights of the run: its values are for those alone who may see them. */
function messageFor(
  context: OperationContext,
  { message, path, definition, object_id, record_id }: ApprovalRow,
  seen: Map<string, SeenTitle>,
): string {
  if (!definition) return hidden
  const workflow = workflowOf(definition)
  const object = object_id ? context.model.objectById.get(object_id) : undefined
  const seesRecord = record_id === null || seen.has(record_id)
  const asking = stepAt(path)
  if (!hiddenSteps(context, { workflow, object, seesRecord }).has(asking)) return message
  const step = [...stepsWithin(workflow.steps)].find(({ id }) => id === asking)
  return step?.type === 'approval' ? withoutValues(step.message, context.locale) : hidden
}

const present = (
  context: OperationContext,
  row: ApprovalRow,
  seen: Map<string, SeenTitle>,
): z.input<typeof approval> => ({
  id: row.id,
  workflow: { id: row.workflow_id, label: inLocale(row.label, context.locale) },
  runId: row.run_id,
  record: recordOf(row.record_id, seen),
  message: messageFor(context, row, seen),
  state: row.state,
  askedAt: row.created_at,
  escalateAt: row.escalates_at,
  decidedBy: row.decided_by ? { id: row.decided_by, name: row.decider_name ?? '' } : null,
  decidedAt: row.decided_at,
  note: row.note,
})
