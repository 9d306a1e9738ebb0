export { findNpmBinaries, findSystemBinaries, type PostgresBinaries } from './binaries.ts'
export {
  type AttachedPostgres,
  attachPrivatePostgres,
  DEFAULT_DATABASE,
  type PrivatePostgres,
  type PrivatePostgresOptions,
  startPrivatePostgres,
} from './private-postgres.ts'
export { PrivatePostgresError } from './private-postgres-error.ts'
