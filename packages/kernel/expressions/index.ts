/** The filter language with its two evaluators, and formulas. */
export {
  type Condition,
  type Filter,
  type FilterAccess,
  type FilterContext,
  type Hop,
  type Operator,
  operators,
} from './filter.ts'
export { compileFormula, type Formula } from './formula.ts'
export { type MatchContext, matchesFilter, type RecordValues } from './match.ts'
export { parseFilter } from './parse.ts'
export { type Period, type RelativePeriod, relativeDays, relativePeriods } from './periods.ts'
export { filterFromQuery } from './query.ts'
export { filterToSql, type SqlContext } from './to-sql.ts'
