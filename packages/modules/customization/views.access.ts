/** Who sees a saved view, and who may change it: its owner, those who administer views, or whoever uses an unlocked one. */
import { scopeOf } from '@oneforge/kernel/access'
import { isId } from '@oneforge/kernel/database'
import { forbidden, notFound } from '@oneforge/kernel/errors'
import { type CompiledObject, inLocale, type ViewRow } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { visibleObject } from '@oneforge/kernel/records'
import type { z } from 'zod'
import { requireUnchangedThing } from './concurrent-changes.ts'
import type { ViewChange, view } from './views.schemas.ts'
import { findView, type StoredView } from './views.store.ts'

export function readableObject(context: OperationContext, slug: string): CompiledObject {
  const object = visibleObject(context, slug)
  if (!object || !scopeOf(context.policy, object, 'read')) throw notFound(`The object “${slug}”`)
  return object
}

const hasRole = ({ policy }: OperationContext, keys: string[]): boolean =>
  policy.roles.some(({ key }) => keys.includes(key))

/** Own ones, those of everybody and those of one's roles; who administers views sees all that are shared. */
export function seesView(context: OperationContext, { owner_id, definition }: ViewRow): boolean {
  if (owner_id !== null) return owner_id === context.actor.userId
  return !definition.roles || context.policy.admin.has('views') || hasRole(context, definition.roles)
}

const mayAdminister = ({ policy, actor }: OperationContext, ownerId: string | null): boolean =>
  ownerId === null ? policy.admin.has('views') : ownerId === actor.userId

export function present(context: OperationContext, row: StoredView): z.input<typeof view> {
  const { definition, owner_id } = row
  const administers = mayAdminister(context, owner_id)
  const shared = definition.roles ? ('roles' as const) : ('everyone' as const)
  return {
    id: row.id,
    key: row.key ?? row.id,
    label: inLocale(definition.label, context.locale),
    type: definition.type,
    filter: definition.filter ?? null,
    sort: definition.sort ?? null,
    columns: definition.columns ?? null,
    groupBy: definition.groupBy ?? null,
    settings: definition.settings ?? {},
    visibility: owner_id ? 'private' : shared,
    roles: definition.roles ?? [],
    locked: owner_id === null && !definition.unlocked,
    defaultFor: definition.defaultFor ?? [],
    isDefault: hasRole(context, definition.defaultFor ?? []),
    pinned: row.pinned,
    mayChange: administers || definition.unlocked === true,
    mayAdminister: administers,
    ownedByMe: owner_id !== null && owner_id === context.actor.userId,
    system: row.key !== null,
    version: row.version,
  }
}

/** Views of everybody belong to those who administer views; one's own to oneself. */
export function requireMayAdminister(context: OperationContext, ownerId: string | null): void {
  if (!mayAdminister(context, ownerId)) {
    throw forbidden('This view belongs to everybody. Save a copy of your own, or ask an administrator.')
  }
}

/** Of a shared view that is not locked, whoever uses it may change what it shows, and nothing else. */
const contents = ['type', 'filter', 'sort', 'columns', 'groupBy', 'settings']

export function requireMayChange(context: OperationContext, row: StoredView, change: ViewChange): void {
  const isContentOnly = Object.keys(change).every((part) => contents.includes(part))
  if (!(row.definition.unlocked && isContentOnly)) requireMayAdminister(context, row.owner_id)
}

/** The view, locked; one that the caller does not see is not there. */
export async function seenView(context: OperationContext, object: CompiledObject, id: string): Promise<StoredView> {
  const { tx, model, actor } = context
  const row = isId(id) ? await findView(tx, model.tenantId, object.id, id, actor.userId) : undefined
  if (!row || !seesView(context, row)) throw notFound('The view')
  return row
}

/** @throws CONFLICT with the view as it is, and who changed what, where it has moved on since the version. */
export async function requireUnchangedView(
  context: OperationContext,
  object: CompiledObject,
  row: StoredView,
  version: number | undefined,
): Promise<void> {
  const name = `The view “${inLocale(row.definition.label, context.locale)}”`
  const current = async () => present(context, await seenView(context, object, row.id))
  await requireUnchangedThing(context, { kind: 'view', id: row.id, name }, version, current)
}
