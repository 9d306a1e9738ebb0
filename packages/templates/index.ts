export { checkTemplate } from './check.ts'
export { modelOf } from './checks/model.ts'
export type { Problem } from './checks/problem.ts'
export { suggestion } from './checks/suggestion.ts'
export { type Conflict, type Json, type Merged, merge, nameOf, type Side } from './merge.ts'
export { resolveSampleDate, resolveSampleMoment } from './moments.ts'
export { fittedTo, isPack, packsFor } from './pack.ts'
export { readTemplate } from './read.ts'
export { type Shape, shapeOf } from './shape.ts'
export { loadPacks, loadTemplates, templateBySlug } from './shipped.ts'
export {
  type BoardFilter,
  type DashboardDefinition,
  type SampleRecord,
  type Template,
  type WidgetDefinition,
  type WidgetGroup,
  type WidgetMeasure,
  type WidgetRange,
  type WorkflowDefinition,
  widgetTypes,
} from './template.ts'
export { checkUntrusted, templateLimits } from './untrusted.ts'
