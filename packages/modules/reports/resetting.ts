/** A dashboard that came with a template and was changed since: what is other, and the way back. */
import { isDeepStrictEqual } from 'node:util'
import { conflict } from '@oneforge/kernel/errors'
import { inLocale } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import type { DashboardDefinition, WidgetDefinition } from '@oneforge/templates'
import type { z } from 'zod'
import { broughtDashboard } from '../templates/index.ts'
import type { templateDifference } from './dashboards.schemas.ts'
import type { StoredDashboard } from './dashboards.store.ts'

/**
 * The dashboard as its template brings it.
 *
 * @throws CONFLICT for one that was made here, or that no template of the workspace brings any more.
 */
export async function requireBrought(
  context: OperationContext,
  { key, definition }: StoredDashboard,
): Promise<DashboardDefinition> {
  const brought = await broughtDashboard(context, key)
  if (brought) return brought
  const name = inLocale(definition.label, context.locale)
  throw conflict(`No template of this workspace brings the dashboard “${name}”, so there is nothing to put it back to.`)
}

type Difference = z.input<typeof templateDifference>

export function differenceFromTemplate(
  { locale }: Pick<OperationContext, 'locale'>,
  now: DashboardDefinition,
  brought: DashboardDefinition,
): Difference {
  const before = new Map(brought.widgets.map((widget) => [widget.key, widget]))
  const kept = new Set(now.widgets.map(({ key }) => key))
  const told = (change: Difference['widgets'][number]['change']) => (widget: WidgetDefinition) => ({
    key: widget.key,
    title: inLocale(widget.title, locale),
    change,
  })
  const widgets = [
    ...now.widgets.filter(({ key }) => !before.has(key)).map(told('added')),
    ...now.widgets
      .filter((one) => before.has(one.key) && !isDeepStrictEqual(one, before.get(one.key)))
      .map(told('changed')),
    ...brought.widgets.filter(({ key }) => !kept.has(key)).map(told('removed')),
  ]
  const rest = !isDeepStrictEqual(restOf(now), restOf(brought))
  return { changed: rest || widgets.length > 0, widgets, rest }
}

/** What the template brought, for whom the workspace wants it to be. */
export function withoutChanges(
  { roles, defaultFor }: DashboardDefinition,
  { roles: _, defaultFor: __, ...brought }: DashboardDefinition,
): DashboardDefinition {
  return { ...brought, ...(roles && { roles }), ...(defaultFor && { defaultFor }) }
}

/** An empty list of filters says as little as none. */
const restOf = ({ label, range, filters = [] }: DashboardDefinition) => ({ label, range, filters })
