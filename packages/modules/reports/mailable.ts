/** What of a dashboard may leave by mail. */
import { isProtected, type RecordContext, visibleObject } from '@oneforge/kernel/records'
import type { DashboardDefinition, WidgetDefinition } from '@oneforge/templates'
import { openTaskObject } from './widget-records.ts'

const ofRecords: WidgetDefinition['type'][] = ['recent', 'calendar', 'tasks']
const typesOfNoNames = ['select', 'boolean', 'date', 'datetime']
const momentsOfAll = ['createdAt', 'updatedAt']

/**
 * Nothing of protected records leaves by mail but numbers: what lists them, or groups by what may name one, is left to the
 * page.
 */
export function mailable(context: RecordContext, definition: DashboardDefinition): DashboardDefinition {
  const isOpen = (widget: WidgetDefinition): boolean => {
    const object = objectOf(context, widget)
    if (!object || !isProtected(context.model, object)) return true
    const groups = [widget.groupBy, widget.thenBy].filter((group) => group !== undefined)
    const namesNobody = (field: string) =>
      momentsOfAll.includes(field) || typesOfNoNames.includes(object.field.get(field)?.type ?? '')
    return !ofRecords.includes(widget.type) && groups.every(({ field }) => namesNobody(field))
  }
  return { ...definition, widgets: definition.widgets.filter(isOpen) }
}

/** Undefined where the widget has nothing to show of any. */
function objectOf(context: RecordContext, { type, object }: WidgetDefinition) {
  if (type === 'tasks') return openTaskObject(context)
  return object === undefined ? undefined : visibleObject(context, object)
}
