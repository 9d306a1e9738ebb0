/** What a template brought, as it would stand in the workspace if nobody had changed it. */
import type { OperationContext } from '@oneforge/kernel/operations'
import type { DashboardDefinition } from '@oneforge/templates'
import { readConfiguration } from './configuration.store.ts'
import { namesSince, underNames } from './following.ts'
import { originsOf } from './upgrade.service.ts'

/**
 * A dashboard as the templates behind the workspace bring it, under the names that objects and fields have here by now.
 * Undefined where none of them brings one of this key.
 */
export async function broughtDashboard(
  context: OperationContext,
  key: string,
): Promise<DashboardDefinition | undefined> {
  const origins = await originsOf(context)
  const origin = origins.find(({ base }) => base.dashboards.some((one) => one.key === key))
  if (!origin) return undefined
  const stored = await readConfiguration(context.tx, context.model.tenantId)
  const since = underNames(origin.base, namesSince(origin.base, origin.ids, stored))
  return since.dashboards.find((one) => one.key === key)
}
