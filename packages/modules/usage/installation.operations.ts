/** The operations of who looks after the installation: which workspaces there are, and on which plan. */
import { isId } from '@oneforge/kernel/database'
import { forbidden, notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext, PagedList } from '@oneforge/kernel/operations'
import { type PlanName, planNames, plans } from '@oneforge/kernel/tenancy'
import { z } from 'zod'
import { isSuperAdmin, listInstallation, setPlan, type WorkspaceRow } from './installation.store.ts'

const base = { tag: 'Installation', access: 'member', bindUser: true } as const
const limit = z.number().nullable().describe('Null: without limit.')
const planName = z.enum(planNames as [PlanName, ...PlanName[]])

const workspace = z
  .object({
    id: z.uuid(),
    name: z.string(),
    slug: z.string(),
    domain: z.string().nullable(),
    plan: z.string().describe('As it was set; after the end of a trial the workspace is a starter.'),
    trialEndsAt: z.string().nullable(),
    members: z.int(),
    records: z.int(),
    createdAt: z.string(),
  })
  .meta({ id: 'InstallationWorkspace' })

export const installationOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'installation.plans',
    kind: 'query',
    summary: 'The plans of this installation',
    description: 'For its super admin.',
    input: z.strictObject({}),
    output: z.array(
      z.object({ name: planName, requestsPerMinute: limit, members: limit, records: limit, storageBytes: limit }),
    ),
    http: { method: 'GET', path: '/installation/plans' },
    async handler(context) {
      await requireSuperAdmin(context)
      return planNames.map((name) => ({ name, ...plans[name] }))
    },
  }),
  defineOperation({
    ...base,
    name: 'installation.workspaces',
    kind: 'query',
    summary: 'All workspaces of this installation, by name',
    description: 'For its super admin. Nothing that a workspace keeps is shown, only how much.',
    input: z.strictObject({
      search: z.string().trim().min(1).max(100).optional().describe('Part of a name or slug.'),
      page: z.coerce.number().int().min(1).max(10_000).default(1),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.array(workspace),
    http: { method: 'GET', path: '/installation/workspaces' },
    async handler(context, { search, page, limit: most }) {
      await requireSuperAdmin(context)
      const { rows, total } = await listInstallation(context.tx, { search, limit: most, offset: (page - 1) * most })
      const totalPages = Math.ceil(total / most)
      return new PagedList(rows, {
        page,
        limit: most,
        total,
        totalPages,
        hasNext: page < totalPages,
        hasPrev: page > 1,
      })
    },
  }),
  defineOperation({
    ...base,
    name: 'installation.setPlan',
    kind: 'command',
    summary: 'Give a workspace another plan',
    description: 'For the super admin of the installation. With trialEndsAt the workspace is a starter from then on.',
    stepUp: true,
    input: z.strictObject({
      id: z.string(),
      plan: planName,
      trialEndsAt: z.iso.datetime({ offset: true }).nullable().default(null),
    }),
    output: workspace,
    http: { method: 'PUT', path: '/installation/workspaces/{id}/plan' },
    async handler(context, { id, plan, trialEndsAt }) {
      await requireSuperAdmin(context)
      await findWorkspace(context, id)
      const by = { ...context, userId: context.actor.userId }
      // A transaction of its own: this one stays bound to the workspace that the super admin has signed in to.
      await context.database.transaction({ tenantId: id }, (tx) =>
        setPlan(tx, { plan, trialEndsAt: trialEndsAt === null ? null : new Date(trialEndsAt) }, by),
      )
      return findWorkspace(context, id)
    },
  }),
]

async function requireSuperAdmin({ tx }: OperationContext): Promise<void> {
  if (await isSuperAdmin(tx)) return
  throw forbidden('Only the super admin of the installation looks after the plans of its workspaces.')
}

async function findWorkspace({ tx }: OperationContext, id: string): Promise<WorkspaceRow> {
  const { rows } = isId(id) ? await listInstallation(tx, { id, limit: 1, offset: 0 }) : { rows: [] }
  if (!rows[0]) throw notFound(`The workspace ${id}`)
  return rows[0]
}
