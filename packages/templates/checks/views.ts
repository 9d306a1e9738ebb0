import type { ViewDefinition } from '@oneforge/kernel/metadata'
import { type Catalogue, type CatalogueEntry, resolvePath } from './catalogue.ts'
import { checkUnique } from './duplicates.ts'
import { checkFilter } from './filters.ts'
import type { Report } from './problem.ts'
import { checkSort } from './sorting.ts'

/** An object's views: known columns, filters and sort keys; a field to group a board by; dates for a calendar. */
export function checkViews(entry: CatalogueEntry, catalogue: Catalogue, report: Report): void {
  const views = entry.definition.views ?? []
  checkUnique(
    views.map(({ key }, index) => ({ value: key, path: `${entry.path}.views[${index}].key` })),
    'a view of this object',
    report,
  )
  for (const [index, view] of views.entries())
    checkView(view, `${entry.path}.views[${index}]`, entry, catalogue, report)
}

function checkView(
  view: ViewDefinition,
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
): void {
  for (const [index, column] of (view.columns ?? []).entries()) {
    const { problem } = resolvePath(catalogue, entry, column)
    if (problem) report(`${path}.columns[${index}]`, problem)
  }
  if (view.filter !== undefined) checkFilter(view.filter, `${path}.filter`, entry, catalogue, report)
  checkSort(view.sort, `${path}.sort`, entry, report)
  checkGrouping(view, path, entry, catalogue, report)
  const isDated = view.type === 'calendar' || view.type === 'schedule'
  if (isDated && !entry.definition.roles.startsAt && !entry.definition.roles.dueAt) {
    report(
      `${path}.type`,
      `a ${view.type} needs a date: "${entry.definition.slug}" has neither the role startsAt nor dueAt`,
    )
  }
}

function checkGrouping(
  view: ViewDefinition,
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
): void {
  if (view.groupBy === undefined) {
    if (view.type === 'kanban')
      report(`${path}.groupBy`, 'is missing; a kanban board needs a select field for its columns')
    return
  }
  const { attribute, problem } = resolvePath(catalogue, entry, view.groupBy)
  if (problem) report(`${path}.groupBy`, problem)
  else if (view.type === 'kanban' && attribute && attribute.type !== 'select') {
    report(
      `${path}.groupBy`,
      `"${view.groupBy}" is a ${attribute.type}; a kanban board needs a select field for its columns`,
    )
  }
}
