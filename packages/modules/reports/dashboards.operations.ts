/** Dashboards: the template's, everybody's, those of roles, and one's own. */
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import { type LocalizedText, localized } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import {
  dashboard,
  dashboardChange,
  dashboardInput,
  dashboardSummary,
  duplicateInput,
  templateDifference,
} from './dashboards.schemas.ts'
import {
  definitionOf,
  presented,
  requireMayAdminister,
  requireUnchanged,
  seenDashboard,
  seenDashboards,
  settled,
  summarised,
} from './dashboards.service.ts'
import {
  deleteDashboard,
  insertDashboard,
  orderDashboards,
  type StoredDashboard,
  updateDashboard,
} from './dashboards.store.ts'
import { differenceFromTemplate, requireBrought, withoutChanges } from './resetting.ts'
import { deleteSchedulesOf } from './schedules.store.ts'

const base = { tag: 'Dashboards', access: 'member' } as const
const version = z.int().optional().describe('The version the change was made on: If-Match')
const path = z.object({ id: z.string() })

/** The ids once each, all of them dashboards that the caller sees and may put elsewhere. */
function orderProblems(context: OperationContext, rows: StoredDashboard[], ids: string[]): FieldProblem[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  if (new Set(ids).size < ids.length) return [{ field: 'ids', message: 'names a dashboard twice' }]
  return ids.flatMap((id, index) => {
    const row = byId.get(id)
    if (!row) return [{ field: `ids[${index}]`, message: 'is not a dashboard of yours or of everybody' }]
    requireMayAdminister(context, row.owner_id)
    return []
  })
}

/** Between one's own and those of everybody a dashboard moves to another table, under the id that it has. */
async function moved(context: OperationContext, row: StoredDashboard, after: StoredDashboard) {
  const { tx, model } = context
  await deleteDashboard(tx, model.tenantId, row)
  await insertDashboard(tx, model.tenantId, after.owner_id, after.definition, row.id)
}

export const dashboardOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'dashboards.list',
    kind: 'query',
    summary: 'Dashboards that the caller may look at',
    description: 'Shared ones stand before one’s own. Who administers views sees all that are shared.',
    input: z.object({}),
    output: z.array(dashboardSummary),
    http: { method: 'GET', path: '/dashboards' },
    async handler(context) {
      return (await seenDashboards(context)).map((row) => summarised(context, row))
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.create',
    kind: 'command',
    summary: 'Make a dashboard',
    input: dashboardInput,
    output: dashboard,
    http: { method: 'POST', path: '/dashboards', status: 201 },
    async handler(context, input) {
      const ownerId = input.visibility === 'private' ? context.actor.userId : null
      requireMayAdminister(context, ownerId)
      const definition = await definitionOf(context, input)
      return settled(context, await insertDashboard(context.tx, context.model.tenantId, ownerId, definition))
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.arrange',
    kind: 'command',
    summary: 'Put dashboards into an order',
    description: 'The order of shared ones needs the right to administer views.',
    input: z.strictObject({ ids: z.array(z.uuid()).min(1).max(500) }),
    output: z.array(dashboardSummary),
    http: { method: 'PUT', path: '/dashboards/order' },
    async handler(context, { ids }) {
      const problems = orderProblems(context, await seenDashboards(context), ids)
      if (problems.length > 0) throw validationError(problems)
      await orderDashboards(context.tx, context.model.tenantId, ids)
      return (await seenDashboards(context)).map((row) => summarised(context, row))
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.get',
    kind: 'query',
    summary: 'A dashboard with its widgets',
    input: path,
    output: dashboard,
    http: { method: 'GET', path: '/dashboards/{id}' },
    handler: async (context, { id }) => presented(context, await seenDashboard(context, id)),
  }),
  defineOperation({
    ...base,
    name: 'dashboards.update',
    kind: 'command',
    summary: 'Change a dashboard',
    description: 'What is left out stays as it is; `widgets` stands for all of them.',
    input: path.extend({ version, change: dashboardChange }),
    output: dashboard,
    http: { method: 'PATCH', path: '/dashboards/{id}', ifMatch: true, bodyAs: 'change' },
    async handler(context, { id, version: seen, change }) {
      const row = await seenDashboard(context, id, { locked: true })
      requireMayAdminister(context, row.owner_id)
      requireUnchanged(context, row, seen)
      const becomes = change.visibility === 'private' ? context.actor.userId : null
      const ownerId = change.visibility === undefined ? row.owner_id : becomes
      if (ownerId !== row.owner_id) requireMayAdminister(context, ownerId)
      const after = { ...row, owner_id: ownerId, definition: await definitionOf(context, change, row.definition) }
      if (ownerId === row.owner_id) await updateDashboard(context.tx, context.model.tenantId, after)
      else await moved(context, row, after)
      return settled(context, id)
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.difference',
    kind: 'query',
    summary: 'What was changed of a dashboard since it came with a template',
    description: 'Who sees it and for whom it opens first is not looked at: that stays when it is reset.',
    input: path,
    output: templateDifference,
    http: { method: 'GET', path: '/dashboards/{id}/difference' },
    async handler(context, { id }) {
      const row = await seenDashboard(context, id)
      return differenceFromTemplate(context, row.definition, await requireBrought(context, row))
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.reset',
    kind: 'command',
    summary: 'Put a dashboard back to what the template brought',
    description: 'Its widgets, name, days and filters. Who sees it and for whom it opens first stays.',
    input: path.extend({ version }),
    output: dashboard,
    http: { method: 'POST', path: '/dashboards/{id}/reset', ifMatch: true },
    async handler(context, { id, version: seen }) {
      const row = await seenDashboard(context, id, { locked: true })
      requireMayAdminister(context, row.owner_id)
      requireUnchanged(context, row, seen)
      const definition = withoutChanges(row.definition, await requireBrought(context, row))
      await updateDashboard(context.tx, context.model.tenantId, { ...row, definition })
      return settled(context, id)
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.duplicate',
    kind: 'command',
    summary: 'Make a copy of a dashboard',
    input: path.extend({ copy: duplicateInput }),
    output: dashboard,
    http: { method: 'POST', path: '/dashboards/{id}/duplicate', status: 201, bodyAs: 'copy' },
    async handler(context, { id, copy }) {
      const row = await seenDashboard(context, id)
      const ownerId = copy.visibility === 'private' ? context.actor.userId : null
      requireMayAdminister(context, ownerId)
      const { defaultFor: _, roles: __, ...whole } = row.definition
      const label = copy.label === undefined ? whole.label : localized(copy.label as LocalizedText, context.locale)
      const definition = { ...whole, label }
      return settled(context, await insertDashboard(context.tx, context.model.tenantId, ownerId, definition))
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.delete',
    kind: 'command',
    summary: 'Remove a dashboard',
    input: path.extend({ version }),
    output: z.void(),
    http: { method: 'DELETE', path: '/dashboards/{id}', ifMatch: true, status: 204 },
    async handler(context, { id, version: seen }) {
      const row = await seenDashboard(context, id, { locked: true })
      requireMayAdminister(context, row.owner_id)
      requireUnchanged(context, row, seen)
      await deleteDashboard(context.tx, context.model.tenantId, row)
      await deleteSchedulesOf(context.tx, context.model.tenantId, row.id)
    },
  }),
]
