/** Whether figures may have changed: a word that differs after each change of what a dashboard shows. */
import { createHash } from 'node:crypto'
import { scopeOf } from '@oneforge/kernel/access'
import { latestChanges, type RecordContext, valueContext, visibleObject } from '@oneforge/kernel/records'
import type { WidgetDefinition } from '@oneforge/templates'

/**
 * Made of the latest changes of records that the caller may read, the day and the workspace's definitions, which anybody
 * who asks for figures sees anyway. One round trip.
 */
export async function stampOf(context: RecordContext, widgets: WidgetDefinition[]): Promise<string> {
  const { model, policy } = context
  const slugs = new Set(widgets.flatMap(({ object }) => object ?? []))
  if (widgets.some(({ type }) => type === 'tasks')) {
    for (const { slug, activity } of model.objects) if (activity === 'task') slugs.add(slug)
  }
  const objects = [...slugs].flatMap((slug) => visibleObject(context, slug) ?? [])
  const readable = objects.filter((object) => scopeOf(policy, object, 'read'))
  const latest = await latestChanges(context, readable)
  const parts = [model.version, valueContext(context).today, JSON.stringify(widgets), ...latest]
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22)
}
