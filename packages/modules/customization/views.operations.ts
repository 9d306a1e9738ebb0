/** Saved views: the template's, everybody's, those of roles, and one's own. */
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import { type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import {
  present,
  readableObject,
  requireMayAdminister,
  requireMayChange,
  requireUnchangedView,
  seenView,
  seesView,
} from './views.access.ts'
import { definitionOf } from './views.definition.ts'
import { pinnedView, view, viewChange, viewSettings } from './views.schemas.ts'
import {
  deleteView,
  insertView,
  listPinnedViews,
  listViews,
  orderViews,
  pinView,
  type StoredView,
  unpinView,
  updateView,
  yieldDefault,
} from './views.store.ts'

const tag = 'Views'
const objectPath = z.object({ object: z.string() })
const version = z.int().optional().describe('The version the change was made on: If-Match')
const viewPath = objectPath.extend({ id: z.string() })

async function seenViews(context: OperationContext, object: CompiledObject): Promise<StoredView[]> {
  const rows = await listViews(context.tx, context.model.tenantId, object.id, context.actor.userId)
  return rows.filter((row) => seesView(context, row))
}

/** As it is after the change, and the only one of the object that opens first for its roles. */
async function settled(context: OperationContext, object: CompiledObject, id: string) {
  const row = await seenView(context, object, id)
  const roles = row.definition.defaultFor ?? []
  if (row.owner_id === null && roles.length > 0) {
    await yieldDefault(context.tx, context.model.tenantId, object.id, { id, roles })
  }
  return present(context, row)
}

/** The ids once each, all of them views that the caller sees and may put elsewhere. */
function orderProblems(context: OperationContext, rows: StoredView[], ids: string[]): FieldProblem[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  if (new Set(ids).size < ids.length) return [{ field: 'ids', message: 'names a view twice' }]
  return ids.flatMap((id, index) => {
    const row = byId.get(id)
    if (!row) return [{ field: `ids[${index}]`, message: 'is not a view of this object' }]
    requireMayAdminister(context, row.owner_id)
    return []
  })
}

export const viewOperations: AnyOperation[] = [
  defineOperation({
    name: 'views.list',
    kind: 'query',
    tag,
    summary: 'Views of an object that the caller may use',
    access: 'member',
    input: objectPath,
    output: z.array(view),
    http: { method: 'GET', path: '/objects/{object}/views' },
    async handler(context, input) {
      const rows = await seenViews(context, readableObject(context, input.object))
      return rows.map((row) => present(context, row))
    },
  }),
  defineOperation({
    name: 'views.pinned',
    kind: 'query',
    tag,
    summary: 'Views that the caller has put into the navigation',
    access: 'member',
    input: z.object({}),
    output: z.array(pinnedView),
    http: { method: 'GET', path: '/views/pinned' },
    async handler(context) {
      const { tx, model, actor, locale } = context
      const rows = actor.userId ? await listPinnedViews(tx, model.tenantId, actor.userId) : []
      return rows.flatMap((row) => {
        const object = context.policy.objects.has(model.objectById.get(row.object_id)?.slug ?? '')
          ? model.objectById.get(row.object_id)
          : undefined
        if (!object || !seesView(context, row)) return []
        const { id, key, definition } = row
        const label = inLocale(definition.label, locale)
        return [{ id, key: key ?? id, label, type: definition.type, object: object.slug }]
      })
    },
  }),
  defineOperation({
    name: 'views.create',
    kind: 'command',
    tag,
    summary: 'Save a view',
    access: 'member',
    input: objectPath.extend({ settings: viewSettings }),
    output: view,
    http: { method: 'POST', path: '/objects/{object}/views', status: 201, bodyAs: 'settings' },
    async handler(context, input) {
      const object = readableObject(context, input.object)
      const ownerId = input.settings.visibility === 'private' ? context.actor.userId : null
      requireMayAdminister(context, ownerId)
      const definition = definitionOf(context, object, input.settings)
      const id = await insertView(context.tx, context.model.tenantId, object.id, ownerId, definition)
      return settled(context, object, id)
    },
  }),
  defineOperation({
    name: 'views.arrange',
    kind: 'command',
    tag,
    summary: 'Put the views of an object into an order',
    description: 'Shared views stand before one’s own. Their order needs the right to administer views.',
    access: 'member',
    input: objectPath.extend({ ids: z.array(z.uuid()).min(1).max(500) }),
    output: z.array(view),
    http: { method: 'PUT', path: '/objects/{object}/views/order' },
    async handler(context, input) {
      const object = readableObject(context, input.object)
      const problems = orderProblems(context, await seenViews(context, object), input.ids)
      if (problems.length > 0) throw validationError(problems)
      await orderViews(context.tx, context.model.tenantId, input.ids)
      return (await seenViews(context, object)).map((row) => present(context, row))
    },
  }),
  defineOperation({
    name: 'views.update',
    kind: 'command',
    tag,
    summary: 'Change a view',
    description: 'Of a shared view that is not locked, whoever uses it may change what it shows.',
    access: 'member',
    input: viewPath.extend({ version, settings: viewChange }),
    output: view,
    http: { method: 'PATCH', path: '/objects/{object}/views/{id}', ifMatch: true, bodyAs: 'settings' },
    async handler(context, { id, version: seen, settings: change, ...input }) {
      const object = readableObject(context, input.object)
      const row = await seenView(context, object, id)
      requireMayChange(context, row, change)
      await requireUnchangedView(context, object, row, seen)
      const { visibility } = change
      const becomes = visibility === 'private' ? context.actor.userId : null
      const ownerId = visibility === undefined ? row.owner_id : becomes
      if (ownerId !== row.owner_id) requireMayAdminister(context, ownerId)
      const definition = definitionOf(context, object, change, row.definition)
      await updateView(context.tx, context.model.tenantId, { ...row, owner_id: ownerId, definition })
      return settled(context, object, id)
    },
  }),
  defineOperation({
    name: 'views.pin',
    kind: 'command',
    tag,
    summary: 'Put a view into one’s navigation, or take it out',
    access: 'member',
    input: viewPath.extend({ pinned: z.boolean({ error: 'must be true or false' }) }),
    output: view,
    http: { method: 'PUT', path: '/objects/{object}/views/{id}/pin' },
    async handler(context, { id, pinned, ...input }) {
      const object = readableObject(context, input.object)
      const row = await seenView(context, object, id)
      const change = pinned ? pinView : unpinView
      await change(context.tx, context.model.tenantId, context.actor.userId!, id)
      return present(context, { ...row, pinned })
    },
  }),
  defineOperation({
    name: 'views.delete',
    kind: 'command',
    tag,
    summary: 'Remove a view',
    access: 'member',
    input: viewPath.extend({ version }),
    output: z.void(),
    http: { method: 'DELETE', path: '/objects/{object}/views/{id}', ifMatch: true, status: 204 },
    async handler(context, input) {
      const object = readableObject(context, input.object)
      const row = await seenView(context, object, input.id)
      requireMayAdminister(context, row.owner_id)
      await requireUnchangedView(context, object, row, input.version)
      await deleteView(context.tx, context.model.tenantId, row.id)
    },
  }),
]
