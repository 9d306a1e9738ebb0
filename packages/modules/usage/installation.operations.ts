/** The operations of who looks after the installation: which workspaces there are, on which plan, and whether in use. */
import { isId } from '@oneforge/kernel/database'
import { conflict, forbidden, notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext, PagedList } from '@oneforge/kernel/operations'
import { type PlanName, planNames, plans } from '@oneforge/kernel/tenancy'
import { z } from 'zod'
import { changeElsewhere } from './changes-elsewhere.ts'
import {
  isSuperAdmin,
  listInstallation,
  readSizes,
  setPlan,
  setSuspended,
  type WorkspaceQuery,
  type WorkspaceRow,
  type WorkspaceSort,
  workspaceSorts,
} from './installation.store.ts'
import { cursorOf, standingOf } from './workspace-cursor.ts'

const base = { tag: 'Installation', access: 'member', bindUser: true } as const
const limit = z.number().nullable().describe('Null: without limit.')
const planName = z.enum(planNames as [PlanName, ...PlanName[]])

const shape = {
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  domain: z.string().nullable(),
  plan: z.string().describe('As it was set; after the end of a trial the workspace is a starter.'),
  trialEndsAt: z.string().nullable(),
  suspended: z.object({ at: z.string(), reason: z.string() }).nullable().describe('Null: it is in use.'),
  template: z.object({ slug: z.string(), version: z.string() }).nullable(),
  members: z.int(),
  records: z.int(),
  storageBytes: z.int(),
  lastSeenAt: z.string().nullable(),
  createdAt: z.string(),
}
const workspace = z.object(shape).meta({ id: 'InstallationWorkspace' })

const detail = z
  .object({
    ...shape,
    invited: z.int(),
    services: z.int().describe('Accounts of programs.'),
    apiKeys: z.int(),
    requestsInMonth: z.int().describe('Weighted, of the last 30 days.'),
    objects: z.array(z.object({ slug: z.string(), records: z.int() })),
    owners: z.array(z.object({ name: z.string(), email: z.string() })),
  })
  .meta({ id: 'InstallationWorkspaceDetail' })

const direction = workspaceSorts.flatMap((name) => [name, `-${name}`] as const)
const reason = z
  .string({ error: 'is required' })
  .trim()
  .min(1, 'must say why: the people of the workspace read it')
  .max(500)
const path = { id: z.string() }

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
    summary: 'All workspaces of this installation',
    description:
      'For its super admin. Nothing that a workspace keeps is shown, only how much. An empty cursor starts; each page names the next.',
    input: z.strictObject({
      search: z.string().trim().min(1).max(100).optional().describe('Part of a name or slug.'),
      sort: z.enum(direction).default('name'),
      cursor: z.string().max(1_000).optional(),
      page: z.coerce.number().int().min(1).max(10_000).default(1),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.array(workspace),
    http: { method: 'GET', path: '/installation/workspaces' },
    async handler(context, { search, sort, cursor, page, limit: most }) {
      await requireSuperAdmin(context)
      const order = { search, sort: sort.replace('-', '') as WorkspaceSort, descending: sort.startsWith('-') }
      if (cursor !== undefined) return pageBehind(context, { ...order, after: standingOf(cursor) }, most)
      const { rows, total } = await listInstallation(context.tx, {
        ...order,
        limit: most,
        offset: (page - 1) * most,
      })
      const totalPages = Math.ceil(total / most)
      const place = { page, limit: most, total, totalPages, hasNext: page < totalPages, hasPrev: page > 1 }
      return new PagedList(rows.map(present), place)
    },
  }),
  defineOperation({
    ...base,
    name: 'installation.workspace',
    kind: 'query',
    summary: 'One workspace: how much it keeps, and whom to talk to',
    description: 'For the super admin of the installation.',
    input: z.strictObject(path),
    output: detail,
    http: { method: 'GET', path: '/installation/workspaces/{id}' },
    async handler(context, { id }) {
      await requireSuperAdmin(context)
      const row = await findWorkspace(context, id)
      const sizes = await context.database.transaction({ tenantId: id }, (tx) => readSizes(tx, context.now))
      return { ...present(row), ...sizes }
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
      ...path,
      plan: planName,
      trialEndsAt: z.iso.datetime({ offset: true }).nullable().default(null),
    }),
    output: workspace,
    http: { method: 'PUT', path: '/installation/workspaces/{id}/plan' },
    async handler(context, { id, plan, trialEndsAt }) {
      await requireSuperAdmin(context)
      const row = await findWorkspace(context, id)
      const end = trialEndsAt === null ? null : new Date(trialEndsAt)
      await changeElsewhere(context, row, 'installation.setPlan', (tx, by) =>
        setPlan(tx, { plan, trialEndsAt: end }, by),
      )
      return present(await findWorkspace(context, id))
    },
  }),
  defineOperation({
    ...base,
    name: 'installation.suspend',
    kind: 'command',
    summary: 'Suspend a workspace',
    description:
      'For the super admin of the installation. Its people are told the reason and refused from their next request on; jobs and mail wait. Nothing is deleted.',
    stepUp: true,
    input: z.strictObject({ ...path, reason }),
    output: workspace,
    http: { method: 'POST', path: '/installation/workspaces/{id}/suspend' },
    async handler(context, { id, reason: why }) {
      await requireSuperAdmin(context)
      const row = await findWorkspace(context, id)
      if (id === context.model.tenantId) {
        throw conflict(`You are in ${row.name}: it cannot be suspended from inside. Go to another workspace first.`)
      }
      await changeElsewhere(context, row, 'installation.suspend', (tx, by) => setSuspended(tx, why, by))
      return present(await findWorkspace(context, id))
    },
  }),
  defineOperation({
    ...base,
    name: 'installation.resume',
    kind: 'command',
    summary: 'Resume a workspace that was suspended',
    description: 'For the super admin of the installation. Jobs and mail that waited go on within a minute.',
    stepUp: true,
    input: z.strictObject(path),
    output: workspace,
    http: { method: 'POST', path: '/installation/workspaces/{id}/resume' },
    async handler(context, { id }) {
      await requireSuperAdmin(context)
      const row = await findWorkspace(context, id)
      await changeElsewhere(context, row, 'installation.resume', (tx, by) => setSuspended(tx, null, by))
      return present(await findWorkspace(context, id))
    },
  }),
]

async function requireSuperAdmin({ tx }: OperationContext): Promise<void> {
  if (await isSuperAdmin(tx)) return
  throw forbidden('Only the super admin of the installation looks after its workspaces.')
}

async function findWorkspace({ tx }: OperationContext, id: string): Promise<WorkspaceRow> {
  const { rows } = isId(id) ? await listInstallation(tx, { id, limit: 1 }) : { rows: [] }
  if (!rows[0]) throw notFound(`The workspace ${id}`)
  return rows[0]
}

/** A page in cursor mode; one row more tells whether there is another page. */
async function pageBehind({ tx }: OperationContext, query: Omit<WorkspaceQuery, 'limit'>, most: number) {
  const { rows } = await listInstallation(tx, { ...query, limit: most + 1 })
  const hasNext = rows.length > most
  const shown = rows.slice(0, most)
  const nextCursor = hasNext ? cursorOf(shown.at(-1)!.standing) : null
  return new PagedList(shown.map(present), { limit: most, nextCursor, hasNext })
}

function present(row: WorkspaceRow): z.input<typeof workspace> {
  const { suspendedAt, suspendedReason, templateSlug, templateVersion, standing: _, ...rest } = row
  return {
    ...rest,
    suspended: suspendedAt === null ? null : { at: suspendedAt, reason: suspendedReason ?? '' },
    template: templateSlug === null ? null : { slug: templateSlug, version: templateVersion ?? '' },
  }
}
