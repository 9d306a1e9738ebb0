/** SQL as values: stores write it with the `sql` tag, which keeps parameters apart from text. */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely'

export { type RawBuilder, type SqlBool, sql } from 'kysely'

/** Text with $1 … $n and the values for them. */
export interface Statement {
  text: string
  values: readonly unknown[]
  /** Planned for its values at each run; see `plannedForValues`. */
  planned?: boolean
  /** Keeps one plan, which walks along an index in the order asked for; see `walkingAlong`. */
  walking?: boolean
}

/** Only compiles: statements are executed by the pipeline, never through this object. */
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

export type Query = RawBuilder<unknown> | Statement

/** The text and values of a query written with the `sql` tag; a finished statement passes through. */
export function compile(query: Query): Statement {
  if ('text' in query) return query
  const compiled = query.compile(compiler)
  return { text: compiled.sql, values: compiled.parameters }
}

/**
 * A query whose best plan depends on its values: lists, counts, sums. All other statements keep one plan per connection,
 * which makes a read by key six times as fast; with these that would mean walking a million rows for a rare value.
 */
export const plannedForValues = (query: Query): Statement => ({ ...compile(query), planned: true })

/**
 * A query of the first rows in an order that an index has: one plan for all values, made so that it never sorts. What is
 * guessed of an object whose id is not known yet may be a few rows, and then PostgreSQL would read and sort a million.
 */
export const walkingAlong = (query: Query): Statement => ({ ...compile(query), walking: true })

/** Joins conditions with AND; none is true. */
export function allOf(conditions: RawBuilder<unknown>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`
}
