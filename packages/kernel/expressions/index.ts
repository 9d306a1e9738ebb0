/** The filter language with its two evaluators, and formulas. */

export type { ActivityPart, ActivityPlan } from './activity-plan.ts'
export {
  type Anchor,
  type ComputedField,
  type ComputedGraph,
  type ComputedSource,
  circleWith,
  compileFieldFormula,
  computedGraph,
  conditionsOf,
  existence,
  type FarName,
  planDraft,
  type Step,
  type Trigger,
} from './computed-graph.ts'
export {
  type Condition,
  type Filter,
  type FilterAccess,
  type FilterContext,
  type FirstStop,
  type FirstStops,
  type Hop,
  type Operator,
  operators,
} from './filter.ts'
export { conditionsFromAfar, firstStopsOf, mostCounted } from './first-stops.ts'
export { compileFormula, type Formula } from './formula.ts'
export { formulaFunctions } from './formula-functions.ts'
export { compileRecordFormula, type FormulaProblem, type RecordFormula } from './formula-record.ts'
export { resultTypes, storedResult } from './formula-result.ts'
export { FormulaFailure, type FormulaMoment, kindOfType } from './formula-values.ts'
export { type MatchContext, matchesFilter, type RecordValues } from './match.ts'
export { meaningOf } from './meaning.ts'
export { parseFilter } from './parse.ts'
export {
  dayShifted,
  firstDayOf,
  type Period,
  type RelativePeriod,
  relativeDays,
  relativePeriods,
  type Unit as PeriodUnit,
} from './periods.ts'
export { isProtectedField, isTitleProtected } from './protected-fields.ts'
export { filterFromQuery } from './query.ts'
export { furtherPipelines, stayBegan, stayPlace } from './stage-age.ts'
export { stageSince } from './targets.ts'
export { filterToSql, type SqlContext } from './to-sql.ts'
