import { type FieldType, optionColors } from '@oneforge/kernel/metadata'
import type { DashboardDefinition, Template, WidgetDefinition } from '../template.ts'
import { type Catalogue, type CatalogueEntry, resolvePath } from './catalogue.ts'
import { checkUnique } from './duplicates.ts'
import { checkFilter } from './filters.ts'
import { checkIcon } from './icons.ts'
import type { Report } from './problem.ts'
import { checkSort } from './sorting.ts'
import { suggestion } from './suggestion.ts'

const columnsOfGrid = 12
const summable: FieldType[] = ['number', 'integer', 'money', 'percent', 'duration', 'rating', 'formula', 'rollup']
const dates: FieldType[] = ['date', 'datetime']
const comparable: FieldType[] = [...summable, ...dates]

const needs: Record<WidgetDefinition['type'], (keyof WidgetDefinition)[]> = {
  metric: ['object', 'measure'],
  chart: ['object', 'measure', 'groupBy', 'chart'],
  heatmap: ['object', 'groupBy', 'thenBy'],
  pivot: ['object', 'groupBy', 'thenBy'],
  table: ['object', 'groupBy'],
  leaderboard: ['object', 'groupBy'],
  goal: ['object', 'measure', 'target'],
  recent: ['object', 'fields'],
  pipeline: ['object'],
  calendar: ['object'],
  tasks: [],
  text: ['text'],
}

/** Dashboards: known roles; widgets with what their type needs, fields that exist, and places that do not overlap. */
export function checkDashboards({ dashboards, roles }: Template, catalogue: Catalogue, report: Report): void {
  checkUnique(
    dashboards.map(({ key }, index) => ({ value: key, path: `dashboards[${index}].key` })),
    'a dashboard of this template',
    report,
  )
  const roleKeys = roles.map(({ key }) => key)
  for (const [index, dashboard] of dashboards.entries()) {
    const path = `dashboards[${index}]`
    for (const [position, role] of (dashboard.roles ?? []).entries()) {
      if (roleKeys.includes(role)) continue
      report(`${path}.roles[${position}]`, `"${role}" is not a role of this template${suggestion(role, roleKeys)}`)
    }
    checkLayout(dashboard, path, report)
    for (const [position, widget] of dashboard.widgets.entries()) {
      checkWidget(widget, `${path}.widgets[${position}]`, catalogue, report)
    }
  }
}

function checkLayout({ widgets }: DashboardDefinition, path: string, report: Report): void {
  checkUnique(
    widgets.map(({ key }, index) => ({ value: key, path: `${path}.widgets[${index}].key` })),
    'a widget of this dashboard',
    report,
  )
  for (const [index, { position: own }] of widgets.entries()) {
    const ownPath = `${path}.widgets[${index}].position`
    if (own.x + own.w > columnsOfGrid)
      report(ownPath, `x ${own.x} and w ${own.w} reach beyond the ${columnsOfGrid} columns`)
    const other = widgets.slice(0, index).find(({ position }) => overlap(own, position))
    if (other) report(ownPath, `lies over the widget "${other.key}"; move one of them`)
  }
}

type Position = WidgetDefinition['position']

const overlap = (a: Position, b: Position): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

function checkWidget(widget: WidgetDefinition, path: string, catalogue: Catalogue, report: Report) {
  checkIcon(widget.icon, `${path}.icon`, report)
  if (widget.color !== undefined && !optionColors.some((color) => color === widget.color)) {
    report(`${path}.color`, `"${widget.color}" is not a colour${suggestion(widget.color, optionColors)}`)
  }
  for (const part of needs[widget.type]) {
    if (widget[part] === undefined) report(`${path}.${part}`, `is missing; a ${widget.type} widget needs it`)
  }
  if (widget.object === undefined) return
  const entry = catalogue.get(widget.object)
  if (!entry) {
    const known = suggestion(widget.object, catalogue.keys())
    return report(`${path}.object`, `"${widget.object}" is not an object of this template${known}`)
  }
  if (widget.type === 'pipeline' && !entry.definition.pipelines?.length) {
    report(`${path}.object`, `"${widget.object}" has no pipeline to show`)
  }
  checkContent(widget, path, entry, catalogue, report)
}

function checkContent(
  widget: WidgetDefinition,
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
): void {
  if (widget.filter !== undefined) checkFilter(widget.filter, `${path}.filter`, entry, catalogue, report)
  if (widget.type === 'recent') checkSort(widget.sort, `${path}.sort`, entry, report)
  for (const [index, field] of (widget.fields ?? []).entries()) {
    const { problem } = resolvePath(catalogue, entry, field)
    if (problem) report(`${path}.fields[${index}]`, problem)
  }
  for (const [index, measure] of (widget.measures ?? []).entries()) {
    checkMeasure(measure, `${path}.measures[${index}]`, entry, catalogue, report)
  }
  checkMeasure(widget.measure, `${path}.measure`, entry, catalogue, report)
  checkGrouping(widget.groupBy, `${path}.groupBy`, entry, catalogue, report)
  checkGrouping(widget.thenBy, `${path}.thenBy`, entry, catalogue, report)
  checkPeriod(widget, path, entry, catalogue, report)
}

function checkPeriod(
  { period }: WidgetDefinition,
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
) {
  if (period?.field === undefined) return
  const { attribute, problem } = resolvePath(catalogue, entry, period.field)
  if (problem) return report(`${path}.period.field`, problem)
  if (attribute && !dates.includes(attribute.type)) {
    report(`${path}.period.field`, `"${period.field}" is a ${attribute.type} and no date`)
  }
}

function checkMeasure(
  measure: WidgetDefinition['measure'],
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
) {
  if (!measure || measure.op === 'count') return
  if (measure.field === undefined) return report(`${path}.field`, `is missing; "${measure.op}" needs a field`)
  const { attribute, problem } = resolvePath(catalogue, entry, measure.field)
  if (problem) return report(`${path}.field`, problem)
  if (measure.op === 'distinct') return
  const allowed = measure.op === 'sum' || measure.op === 'avg' ? summable : comparable
  if (attribute && !allowed.includes(attribute.type)) {
    report(`${path}.field`, `"${measure.field}" is a ${attribute.type}, of which there is no ${measure.op}`)
  }
}

function checkGrouping(
  groupBy: WidgetDefinition['groupBy'],
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
) {
  if (!groupBy) return
  const { attribute, problem } = resolvePath(catalogue, entry, groupBy.field)
  if (problem) return report(`${path}.field`, problem)
  if (!attribute) return
  const isDate = dates.includes(attribute.type)
  if (isDate && !groupBy.interval) report(`${path}.interval`, `is missing; "${groupBy.field}" is a date`)
  if (!isDate && groupBy.interval) {
    report(`${path}.interval`, `"${groupBy.field}" is a ${attribute.type}; only dates are grouped by an interval`)
  }
}
