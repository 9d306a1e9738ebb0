/** Who sees a dashboard and who may change it, and what is stored of it. */
import { isId, type Transaction } from '@oneforge/kernel/database'
import { AppError, conflict, type FieldProblem, forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import { inLocale, type LocalizedText, localized } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import type { RecordContext } from '@oneforge/kernel/records'
import type { BoardFilter, DashboardDefinition, WidgetDefinition, WidgetRange } from '@oneforge/templates'
import type { z } from 'zod'
import type { DashboardChange, dashboard, dashboardSummary, WidgetInput } from './dashboards.schemas.ts'
import {
  findDashboard,
  isFromTemplate,
  listDashboards,
  type StoredDashboard,
  yieldDefault,
} from './dashboards.store.ts'
import { requireDrawable } from './figures.service.ts'

const hasRole = ({ policy }: Pick<RecordContext, 'policy'>, keys: string[]): boolean =>
  policy.roles.some(({ key }) => keys.includes(key))

/** Own ones, those of everybody and those of one's roles; who administers views sees all that are shared. */
export function seesDashboard(
  context: Pick<RecordContext, 'policy' | 'actor'>,
  { owner_id, definition }: Pick<StoredDashboard, 'owner_id' | 'definition'>,
): boolean {
  if (owner_id !== null) return owner_id === context.actor.userId
  return !definition.roles || context.policy.admin.has('views') || hasRole(context, definition.roles)
}

const mayAdminister = ({ policy, actor }: OperationContext, ownerId: string | null): boolean =>
  ownerId === null ? policy.admin.has('views') : ownerId === actor.userId

/** Dashboards of everybody belong to those who administer views; one's own to oneself. */
export function requireMayAdminister(context: OperationContext, ownerId: string | null): void {
  if (mayAdminister(context, ownerId)) return
  throw forbidden('This dashboard belongs to everybody. Make a copy of your own, or ask an administrator.')
}

export async function seenDashboards(context: OperationContext): Promise<StoredDashboard[]> {
  const rows = await listDashboards(context.tx, context.model.tenantId, context.actor.userId)
  return rows.filter((row) => seesDashboard(context, row))
}

/** @throws NOT_FOUND also for one that the caller does not see. */
export async function seenDashboard(
  context: Pick<RecordContext, 'model' | 'actor' | 'policy'> & { tx: Transaction },
  id: string,
  options: { locked?: boolean } = {},
): Promise<StoredDashboard> {
  const { tx, model, actor } = context
  const row = isId(id) ? await findDashboard(tx, model.tenantId, id, actor.userId, options) : undefined
  if (!row || !seesDashboard(context, row)) throw notFound('The dashboard')
  return row
}

export function summarised(context: OperationContext, row: StoredDashboard): z.input<typeof dashboardSummary> {
  const { definition, owner_id } = row
  const shared = definition.roles ? ('roles' as const) : ('everyone' as const)
  return {
    id: row.id,
    key: row.key,
    label: inLocale(definition.label, context.locale),
    visibility: owner_id ? 'private' : shared,
    roles: definition.roles ?? [],
    defaultFor: definition.defaultFor ?? [],
    isDefault: hasRole(context, definition.defaultFor ?? []),
    ownedByMe: owner_id !== null,
    mayChange: mayAdminister(context, owner_id),
    system: isFromTemplate(row.key),
    version: row.version,
    widgetCount: definition.widgets.length,
  }
}

export function presented(context: OperationContext, row: StoredDashboard): z.input<typeof dashboard> {
  const { range, filters, widgets } = row.definition
  const told = widgets.map(({ title, text, ...widget }) => ({
    ...widget,
    title: inLocale(title, context.locale),
    ...(text ? { text: inLocale(text, context.locale) } : {}),
  }))
  return {
    ...summarised(context, row),
    range: (range ?? null) as z.input<typeof dashboard>['range'],
    filters: filters ?? [],
    widgets: told as z.input<typeof dashboard>['widgets'],
  }
}

/** @throws CONFLICT with the dashboard as it is, where it has moved on since the version. */
export function requireUnchanged(context: OperationContext, row: StoredDashboard, version: number | undefined): void {
  if (version === undefined || version === row.version) return
  const name = `The dashboard “${inLocale(row.definition.label, context.locale)}”`
  const message = `${name} has been changed since you opened it. Look at it again, then repeat your change.`
  throw conflict(message, { data: presented(context, row) })
}

/** As it is after the change, and the only one that opens first for its roles. */
export async function settled(context: OperationContext, id: string) {
  const row = await seenDashboard(context, id)
  const roles = row.definition.defaultFor ?? []
  if (row.owner_id === null && roles.length > 0) await yieldDefault(context.tx, context.model.tenantId, { id, roles })
  return presented(context, row)
}

/**
 * What is stored of a dashboard after a change. A widget is checked when it is new or other than it was, as whoever saves
 * it would see it: others may have lost a field since, and say so themselves.
 *
 * @throws VALIDATION_ERROR that names each part that could not be drawn.
 */
export async function definitionOf(
  context: OperationContext,
  change: DashboardChange,
  before?: DashboardDefinition,
): Promise<DashboardDefinition> {
  const widgets = change.widgets
    ? change.widgets.map((widget) => storedWidget(context, widget, before))
    : (before?.widgets ?? [])
  const problems = [
    ...(await widgetProblems(context, widgets, before?.widgets ?? [])),
    ...roleProblems(context, change, before),
  ]
  if (problems.length > 0) throw validationError(problems)
  const { label, visibility, roles, defaultFor, range, filters } = change
  const definition: DashboardDefinition = {
    key: '',
    ...before,
    label:
      label === undefined ? before!.label : localized(label as string | LocalizedText, context.locale, before?.label),
    ...(roles && { roles }),
    ...(defaultFor && { defaultFor }),
    ...(range && { range: range as WidgetRange }),
    ...(filters && { filters: filters as BoardFilter[] }),
    widgets,
  }
  if (range === null) delete definition.range
  if (visibility !== undefined && visibility !== 'roles') delete definition.roles
  if (visibility === 'private') delete definition.defaultFor
  return definition
}

/** A text that comes in one language keeps the others that it had. */
export function storedWidget(
  { locale }: Pick<RecordContext, 'locale'>,
  { title, text, ...widget }: WidgetInput,
  before?: DashboardDefinition,
): WidgetDefinition {
  const earlier = before?.widgets.find(({ key }) => key === widget.key)
  const said = (given: string | LocalizedText, had: LocalizedText | undefined) =>
    typeof given === 'string' && had && inLocale(had, locale) === given ? had : localized(given, locale, had)
  return {
    ...(widget as Omit<WidgetDefinition, 'title' | 'text'>),
    title: said(title as string | LocalizedText, earlier?.title),
    ...(text === undefined ? {} : { text: said(text as string | LocalizedText, earlier?.text) }),
  }
}

async function widgetProblems(
  context: OperationContext,
  widgets: WidgetDefinition[],
  before: WidgetDefinition[],
): Promise<FieldProblem[]> {
  const known = new Set(before.map(withoutPlace))
  const problems: FieldProblem[] = []
  for (const [index, widget] of widgets.entries()) {
    if (known.has(withoutPlace(widget))) continue
    try {
      await requireDrawable(context, widget)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const details = error.details.length > 0 ? error.details : [{ field: 'object', message: error.message }]
      for (const { field, ...said } of details) problems.push({ ...said, field: `widgets[${index}].${field}` })
    }
  }
  return problems
}

const withoutPlace = ({ position: _, ...widget }: WidgetDefinition): string => JSON.stringify(widget)

function roleProblems(
  { model }: OperationContext,
  { visibility, roles, defaultFor }: DashboardChange,
  before: DashboardDefinition | undefined,
): FieldProblem[] {
  const unknown = Object.entries({ roles, defaultFor }).flatMap(([field, keys]) =>
    (keys ?? [])
      .filter((key) => !model.roles.has(key))
      .map((key) => ({ field, message: `“${key}” is not a role of this workspace` })),
  )
  const isForRoles = visibility === 'roles' || (visibility === undefined && roles !== undefined)
  const isNobodys = isForRoles && (roles ?? before?.roles ?? []).length === 0
  return isNobodys ? [...unknown, { field: 'roles', message: 'names no role that would see the dashboard' }] : unknown
}
