/**
 * `stageAge` and `rotting` of a record: how long it has been in its stage, asked as a question of `stageSince`. Each is of
 * the main pipeline; with a pipeline's key behind it, of that one: `rotting.care`.
 */
import { type RawBuilder, sql } from '../database/index.ts'
import { type CompiledObject, type PipelineDefinition, type StageDefinition, storedKey } from '../metadata/index.ts'
import type { Condition, Filter, Operator, StayPlace, Target } from './filter.ts'

const named = /^(stageAge|rotting)(?:\.([a-z0-9_]+))?$/

/** What of `stageAge` or `rotting` the name asks, and of which pipeline; undefined where it is neither. */
export function stageAgeNamed(name: string): { asks: 'stageAge' | 'rotting'; pipeline?: string } | undefined {
  const [, asks, pipeline] = named.exec(name) ?? []
  return asks ? { asks: asks as 'stageAge' | 'rotting', ...(pipeline ? { pipeline } : {}) } : undefined
}

/** The pipelines of an object beside the main one. */
export const furtherPipelines = ({ pipelines, roles }: Pick<CompiledObject, 'pipelines' | 'roles'>) =>
  pipelines.filter(({ field }) => field !== roles.stage)

/** Where records say since when they are in the stage of one of those. */
export function stayPlace(object: CompiledObject, { field: key }: PipelineDefinition): StayPlace {
  const field = object.field.get(key)!
  return { fieldId: field.id, key: storedKey(field) }
}

/** Since when the record under the alias is there; null where it is in no stage of the pipeline. */
export function stayBegan({ fieldId, key }: StayPlace, alias: string): RawBuilder<unknown> {
  const at = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`(case when ${at('data')} ->> ${sql.lit(key)} is not null
    then coalesce((${at('stages_since')} ->> ${sql.lit(fieldId)})::timestamptz, ${at('created_at')}) end)`
}

interface Asked {
  stages: StageDefinition[]
  stage: Target
  since: Target
}

/** The filter that is meant, or what is wrong with the question. */
export function stageAgeFilter(
  name: 'stageAge' | 'rotting',
  op: unknown,
  value: unknown,
  asked: Asked,
): Filter | string {
  return name === 'rotting' ? rotting(op, value, asked) : age(op, value, asked)
}

/** Moves of more than this many days ago are before any record. */
const mostDays = 100_000

function age(op: unknown, value: unknown, { since }: Asked): Filter | string {
  if (op === 'empty' || op === 'notEmpty') return { path: [], target: since, op, operands: [] }
  const days = (op === 'between' && Array.isArray(value) ? value : [value]).map(Number)
  if (
    days.length !== (op === 'between' ? 2 : 1) ||
    !days.every((n) => Number.isInteger(n) && n >= 0 && n <= mostDays)
  ) {
    return 'must be a whole number of days'
  }
  const at = (comparison: Operator, daysAgo: number): Condition => ({
    path: [],
    target: since,
    op: comparison,
    operands: [{ daysAgo }],
  })
  const [low, high = low] = days as [number, number?]
  // A record is n days in its stage from the n-th full day on until the next one is full.
  const atLeast = (n: number) => at('lte', n)
  const atMost = (n: number) => at('gt', n + 1)
  if (op === 'gte') return atLeast(low)
  if (op === 'gt') return atLeast(low + 1)
  if (op === 'lte') return atMost(low)
  if (op === 'lt') return at('gt', low)
  if (op === 'eq' || op === 'between') return { and: [atLeast(low), atMost(high)] }
  return 'is compared with eq, gt, gte, lt, lte, between, empty or notEmpty'
}

function rotting(op: unknown, value: unknown, { stages, stage, since }: Asked): Filter | string {
  const isTrue = value === true || value === 'true'
  if (!isTrue && value !== false && value !== 'false') return 'must be true or false'
  if (op !== 'eq' && op !== 'ne') return 'is compared with eq or ne'
  const stays = stages.flatMap(({ value: name, rottingDays }): Filter[] =>
    rottingDays === undefined
      ? []
      : [
          {
            and: [
              { path: [], target: stage, op: 'eq', operands: [{ value: name }] },
              { path: [], target: since, op: 'lt', operands: [{ daysAgo: rottingDays }] },
            ],
          },
        ],
  )
  return isTrue === (op === 'eq') ? { or: stays } : { not: { or: stays } }
}
