/** Saved views: the template's, everybody's, and one's own. */
import { atBest, fieldAccess, filterAccess, scopeOf } from '@oneforge/kernel/access'
import { isId } from '@oneforge/kernel/database'
import { type FieldProblem, forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import { parseFilter } from '@oneforge/kernel/expressions'
import { type CompiledObject, inLocale, localized, type ViewDefinition } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { isSystemAttribute, parseSort, visibleObject } from '@oneforge/kernel/records'
import { z } from 'zod'
import { requireUnchangedThing } from './concurrent-changes.ts'
import { type ViewSettings, view, viewChange, viewSettings } from './customization.schemas.ts'
import { deleteView, findView, insertView, listViews, type StoredView, updateView } from './views.store.ts'

const tag = 'Views'
const objectPath = z.object({ object: z.string() })
const version = z.int().optional().describe('The version the change was made on: If-Match')
const viewPath = objectPath.extend({ id: z.string() })

function readableObject(context: OperationContext, slug: string): CompiledObject {
  const object = visibleObject(context, slug)
  if (!object || !scopeOf(context.policy, object, 'read')) throw notFound(`The object “${slug}”`)
  return object
}

function present(context: OperationContext, row: StoredView): z.input<typeof view> {
  const { definition } = row
  return {
    id: row.id,
    key: row.key ?? row.id,
    label: inLocale(definition.label, context.locale),
    type: definition.type,
    filter: definition.filter ?? null,
    sort: definition.sort ?? null,
    columns: definition.columns ?? null,
    groupBy: definition.groupBy ?? null,
    visibility: row.owner_id ? 'private' : 'everyone',
    ownedByMe: row.owner_id === context.actor.userId,
    system: row.key !== null,
    version: row.version,
  }
}

/** Columns and groups that the caller does not know; a column may lie behind relations: `patient.phone`. */
function unknownNames(
  context: OperationContext,
  object: CompiledObject,
  settings: Partial<ViewSettings>,
): FieldProblem[] {
  const isKnown = (name: string): boolean => {
    const [first = ''] = name.split('.')
    const known = object.field.has(first) || object.relation.has(first) || isSystemAttribute(first)
    return known && fieldAccess(atBest(context.policy), object, first) !== 'hidden'
  }
  const named = { columns: settings.columns ?? [], groupBy: settings.groupBy ? [settings.groupBy] : [] }
  return Object.entries(named).flatMap(([field, names]) =>
    names
      .filter((name) => !isKnown(name))
      .map((name) => ({ field, message: `“${name}” is not a field of ${object.slug}` })),
  )
}

/** What a view stores; a filter that could not be run is refused now and not when somebody opens the view. */
function definitionOf(
  context: OperationContext,
  object: CompiledObject,
  settings: Partial<ViewSettings>,
  before?: ViewDefinition,
): ViewDefinition {
  if (settings.filter != null) {
    const parsed = parseFilter(settings.filter, object, context.model, filterAccess(context.policy, context.model))
    if ('problems' in parsed) throw validationError(parsed.problems)
  }
  const problems = unknownNames(context, object, settings)
  if (problems.length > 0) throw validationError(problems)
  if (settings.sort) parseSort(context.policy, object, settings.sort)
  const given = Object.entries(settings).filter(
    ([key, value]) => value !== undefined && !['label', 'visibility'].includes(key),
  )
  const label = settings.label === undefined ? before?.label : localized(settings.label, context.locale, before?.label)
  return { key: '', type: 'table', ...before, ...Object.fromEntries(given), label: label! }
}

/** Views of everybody belong to those who administer views; one's own to oneself. */
function requireMayChange(context: OperationContext, ownerId: string | null): void {
  if (ownerId === null && !context.policy.admin.has('views')) {
    throw forbidden('This view belongs to everybody. Save a copy of your own, or ask an administrator.')
  }
}

/** The view, locked, for whoever may change it and has seen its latest version. */
async function ownView(
  context: OperationContext,
  object: CompiledObject,
  { id, version }: { id: string; version?: number },
): Promise<StoredView> {
  const row = isId(id) ? await findView(context.tx, context.model.tenantId, object.id, id) : undefined
  if (!row || (row.owner_id && row.owner_id !== context.actor.userId)) throw notFound('The view')
  requireMayChange(context, row.owner_id)
  const thing = { kind: 'view', id, name: `The view “${inLocale(row.definition.label, context.locale)}”` } as const
  await requireUnchangedThing(context, thing, version, async () => present(context, await reread(context, object, id)))
  return row
}

async function reread({ tx, model }: OperationContext, object: CompiledObject, id: string): Promise<StoredView> {
  return (await findView(tx, model.tenantId, object.id, id))!
}

const ownerFor = (context: OperationContext, visibility: ViewSettings['visibility']): string | null =>
  visibility === 'private' ? context.actor.userId : null

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
      const object = readableObject(context, input.object)
      const rows = await listViews(context.tx, context.model.tenantId, object.id, context.actor.userId!)
      return rows.map((row) => present(context, row))
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
      const ownerId = ownerFor(context, input.settings.visibility)
      requireMayChange(context, ownerId)
      const definition = definitionOf(context, object, input.settings)
      return present(context, await insertView(context.tx, context.model.tenantId, object.id, ownerId, definition))
    },
  }),
  defineOperation({
    name: 'views.update',
    kind: 'command',
    tag,
    summary: 'Change a view',
    access: 'member',
    input: viewPath.extend({ version, settings: viewChange }),
    output: view,
    http: { method: 'PATCH', path: '/objects/{object}/views/{id}', ifMatch: true, bodyAs: 'settings' },
    async handler(context, input) {
      const object = readableObject(context, input.object)
      const row = await ownView(context, object, input)
      const ownerId = input.settings.visibility ? ownerFor(context, input.settings.visibility) : row.owner_id
      requireMayChange(context, ownerId)
      const changed = {
        ...row,
        owner_id: ownerId,
        definition: definitionOf(context, object, input.settings, row.definition),
      }
      await updateView(context.tx, context.model.tenantId, changed)
      return present(context, await reread(context, object, row.id))
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
      const row = await ownView(context, readableObject(context, input.object), input)
      await deleteView(context.tx, context.model.tenantId, row.id)
    },
  }),
]
