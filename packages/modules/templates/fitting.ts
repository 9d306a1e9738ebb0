/** What of a template does not fit objects that the workspace keeps as its own: it is left out, and told. */
import type { Problem, Shape } from '@oneforge/templates'
import { freshProblems } from './reshaping.service.ts'

/** Without views, workflows, widgets and conditions that ask for what the workspace's own objects do not have. */
export function withoutMisfits(mine: Shape, wanted: Shape): { wanted: Shape; kept: Problem[] } {
  const misfits = new Map<string, string>()
  for (const { path, message } of freshProblems(mine, wanted)) {
    const part = partThatCanGo(path)
    if (part) misfits.set(part, message)
  }
  const fits = (path: string) => !misfits.has(path)
  const kept = [...misfits].map(([path, message]) => ({ path, message: `is left out: ${message}` }))
  return {
    kept,
    wanted: {
      ...wanted,
      objects: wanted.objects.map((object) => {
        const views = object.views?.filter(({ key }) => fits(`objects.${object.slug}.views.${key}`))
        const fields = object.fields.map((field) => {
          if (fits(`objects.${object.slug}.fields.${field.key}.conditions`)) return field
          const { conditions: _, ...rest } = field
          return rest
        })
        return { ...object, fields, ...(views ? { views } : {}) }
      }),
      workflows: wanted.workflows.filter(({ key }) => fits(`workflows.${key}`)),
      dashboards: wanted.dashboards.map((dashboard) => ({
        ...dashboard,
        widgets: dashboard.widgets.filter(({ key }) => fits(`dashboards.${dashboard.key}.widgets.${key}`)),
      })),
    },
  }
}

const partThatCanGo = (path: string): string | undefined =>
  /^(objects\.[^.]+\.views\.[^.]+|objects\.[^.]+\.fields\.[^.]+\.conditions|workflows\.[^.]+|dashboards\.[^.]+\.widgets\.[^.]+)/.exec(
    path,
  )?.[1]
