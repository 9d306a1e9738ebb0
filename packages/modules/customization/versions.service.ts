/** The history of a workspace's metadata: read, compared, taken back. */
import { notFound } from '@oneforge/kernel/errors'
import {
  type AdminPermission,
  changesBetween,
  changesOfVersions,
  countChanges,
  everyObject,
  findVersion,
  lastVersion,
  listVersions,
  type MetadataChange,
  propertyChanges,
  type VersionedKind,
  type VersionRow,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type PresentedChange, presentChanges, summaryOf } from './versions.presentation.ts'

export const adminOfKind: Record<VersionedKind, AdminPermission> = {
  workspace: 'templates',
  object: 'objects',
  field: 'objects',
  relation: 'objects',
  role: 'roles',
  view: 'views',
  workflow: 'automation',
  dashboard: 'automation',
}

/** What it takes to make the change, or to see what it is made of. */
export function adminFor({ kind, before, after }: MetadataChange): AdminPermission {
  const isNavigation =
    kind === 'workspace' && propertyChanges(before ?? {}, after ?? {}).every(({ path }) => path[0] === 'navigation')
  return isNavigation ? 'objects' : adminOfKind[kind]
}

/** So many changes of a version are put into its summary. */
const mostInSummary = 60
const mostOfOne = 5_000

type Versions = { tx: OperationContext['tx']; model: OperationContext['model'] }

/** What a presentation of changes needs to know of the caller. */
export async function readerOf({ tx, model, locale, policy }: OperationContext) {
  const names = await everyObject(tx, model.tenantId)
  return { locale, names, sees: (change: MetadataChange) => policy.admin.has(adminFor(change)) }
}

export async function listOfVersions(
  context: OperationContext,
  { cursor, limit, object: slug }: { cursor?: number; limit: number; object?: string },
): Promise<{ items: object[]; nextCursor: string | null }> {
  const { tx, model, locale } = context
  const object = slug === undefined ? undefined : model.object.get(slug)
  if (slug !== undefined && !object) throw notFound(`The object “${slug}”`)
  const query = { before: cursor, objectId: object?.id, limit: limit + 1 }
  const rows = await listVersions(tx, model.tenantId, query)
  const page = rows.slice(0, limit)
  const numbers = page.map(({ number }) => number)
  const changes = await changesOfVersions(tx, model.tenantId, numbers, mostInSummary)
  const counts = await countChanges(tx, model.tenantId, numbers)
  const reader = await readerOf(context)
  const items = page.map((row) => {
    const count = counts.get(row.number) ?? 0
    const summary = summaryOf(presentChanges(changes.get(row.number) ?? [], reader), count, locale)
    return { ...presentVersion(row), summary, changeCount: count }
  })
  return { items, nextCursor: rows.length > limit ? String(numbers.at(-1)) : null }
}

const presentVersion = (row: VersionRow): object => ({
  number: row.number,
  at: row.at,
  by: row.actor_id ? { id: row.actor_id, name: row.actor_name } : null,
  operation: row.operation,
  undoes: row.undoes,
  restores: row.restores,
  undoneBy: row.undone_by,
})

export async function requireVersion({ tx, model }: Versions, number: number): Promise<VersionRow> {
  const row = await findVersion(tx, model.tenantId, number)
  if (!row) throw notFound(`Version ${number} of the workspace`)
  return row
}

export async function readVersion(context: OperationContext, number: number): Promise<object> {
  const row = await requireVersion(context, number)
  const changes = await changesOfVersions(context.tx, context.model.tenantId, [number], mostOfOne)
  const presented = presentChanges(changes.get(number) ?? [], await readerOf(context))
  const summary = summaryOf(presented, presented.length, context.locale)
  return { ...presentVersion(row), summary, changeCount: presented.length, changes: presented }
}

/** What lies between two versions, whichever of them is the later one. */
export async function compareVersions(
  context: OperationContext,
  { from, to }: { from: number; to?: number },
): Promise<{ from: number; to: number; changes: PresentedChange[] }> {
  const { tenantId } = context.model
  const last = await lastVersion(context.tx, tenantId)
  for (const number of [from, to ?? last]) if (number > last) throw notFound(`Version ${number} of the workspace`)
  const until = to ?? last
  const [earlier, later] = [Math.min(from, until), Math.max(from, until)]
  const changes = await changesBetween(context.tx, tenantId, earlier, later)
  const directed =
    from <= until ? changes : changes.map(({ before, after, ...rest }) => ({ ...rest, before: after, after: before }))
  return { from, to: until, changes: presentChanges(directed, await readerOf(context)) }
}
