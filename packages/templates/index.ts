export { checkTemplate } from './check.ts'
export type { Problem } from './checks/problem.ts'
export { resolveSampleDate, resolveSampleMoment } from './moments.ts'
export { readTemplate } from './read.ts'
export { loadTemplates, templateBySlug } from './shipped.ts'
export type {
  DashboardDefinition,
  SampleRecord,
  Template,
  WidgetDefinition,
  WorkflowDefinition,
} from './template.ts'
