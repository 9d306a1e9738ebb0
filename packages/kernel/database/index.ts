export { CallerGone } from './caller-gone.ts'
export {
  type Binding,
  Database,
  type DatabaseOptions,
  isDisconnection,
  type PoolMetrics,
  StaleModel,
  type Transaction,
} from './database.ts'
export { isId, newId } from './identifiers.ts'
export { type MigrateOptions, MigrationError, migrate } from './migrate.ts'
export type { Row } from './pipeline.ts'
export {
  allOf,
  compile,
  plannedForValues,
  type Query,
  type RawBuilder,
  type SqlBool,
  type Statement,
  sql,
  walkingAlong,
} from './statement.ts'
