/** Figures of a pipeline over the records that the caller sees. */
import { fieldAccess, seenCondition } from '@oneforge/kernel/access'
import { notFound, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject, PipelineDefinition, StageDefinition } from '@oneforge/kernel/metadata'
import { moneyOfMinor } from '@oneforge/kernel/metadata/values'
import type { OperationContext } from '@oneforge/kernel/operations'
import { accessOfField, select, valueContext } from '@oneforge/kernel/records'
import { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import {
  type FiguresQuestion,
  readFigures,
  readLost,
  readMedians,
  readOpen,
  type StayFigures,
  type SumRow,
} from './figures.store.ts'
import { areSummed, readFiguresByDay, readLostByDay, readMediansByDay } from './figures-by-day.store.ts'
import type { figuresQuery, figuresSchema } from './pipelines.schemas.ts'
import { summedPipeline } from './summing.ts'

type Query = z.output<typeof figuresQuery>
type Figures = z.output<typeof figuresSchema>
type Sum = Figures['lost'][number]['sum']

/** What came into each stage in a period and what became of it, why records were lost, and what is open now. */
export async function figuresOf(context: OperationContext, object: CompiledObject, query: Query): Promise<Figures> {
  const pipeline = object.pipelines.find(({ key }) => key === query.key)
  const field = pipeline && object.field.get(pipeline.field)
  if (!pipeline || !field || accessOfField(context, object, field) === 'hidden')
    throw notFound(`The pipeline “${query.key}” of ${object.slug}`)
  const { from, to } = periodOf(context, query)
  const question = questionOf(context, object, pipeline, { ...query, from, to })
  // Sums by day are of all records: who sees a part of them is answered from the stays.
  const isSummed = question.whole && (await areSummed(context.tx, question))
  const [figures, middles, losses] = isSummed
    ? [readFiguresByDay, readMediansByDay, readLostByDay]
    : [readFigures, readMedians, readLost]
  const whole = await figures(context.tx, question)
  const medians = await middles(context.tx, question)
  const lost = await losses(context.tx, question)
  const open = await readOpen(context.tx, question, field)
  const groups = query.groupBy ? await figures(context.tx, question, query.groupBy) : []
  const seesAmounts =
    object.roles.amount !== undefined && fieldAccess(context.policy, object, object.roles.amount) !== 'hidden'
  const sumOf = (row: SumRow | undefined): Sum => (seesAmounts && row ? moneyOf(row) : null)
  return {
    pipeline: pipeline.key,
    from,
    to,
    stages: pipeline.stages.map((one) => {
      const standing = open.find((row) => row.stage === one.value)
      const sum = sumOf(standing)
      return {
        ...stageFigures(
          one,
          whole.find((row) => row.stage === one.value),
          medians.find((row) => row.stage === one.value)?.median,
        ),
        open: { count: Number(standing?.count ?? 0), sum, weighted: weighted(sum, standing, one) },
      }
    }),
    lost: lost.map((row) => ({ stage: row.stage, reason: row.reason, count: Number(row.count), sum: sumOf(row) })),
    groups: [...Map.groupBy(groups, (row) => row.group_key)].map(([key, rows]) => ({
      key,
      label: rows[0]!.group_label,
      stages: rows.map((row) => ({
        stage: row.stage,
        entered: Number(row.entered),
        movedOn: Number(row.moved_on),
        won: Number(row.won),
      })),
    })),
  }
}

function periodOf(context: OperationContext, { from, to }: Query): { from: string; to: string } {
  const { today = '' } = valueContext(context)
  const last = to ?? today
  const first = from ?? Temporal.PlainDate.from(last).subtract({ years: 1 }).toString()
  if (first > last) throw validationError([{ field: 'from', message: 'must not be after the last day' }])
  return { from: first, to: last }
}

function questionOf(
  context: OperationContext,
  object: CompiledObject,
  pipeline: PipelineDefinition,
  { from, to, owner }: { from: string; to: string; owner?: string },
): FiguresQuestion {
  const { conditions, whole } = select(context, object, {})
  const seen = seenCondition(context.policy, object, pipeline.field, 'r')
  return {
    ...summedPipeline(context.model, object, pipeline),
    from,
    to,
    owner,
    records: seen ? [...conditions, seen] : conditions,
    whole: whole && !seen,
  }
}

function stageFigures(
  { value }: StageDefinition,
  row: StayFigures | undefined,
  median: number | undefined,
): Omit<Figures['stages'][number], 'open'> {
  const [entered, movedOn, won] = [row?.entered, row?.moved_on, row?.won].map((count) => Number(count ?? 0)) as [
    number,
    number,
    number,
  ]
  const share = (count: number) => (entered === 0 ? null : count / entered)
  return {
    stage: value,
    entered,
    left: Number(row?.ended ?? 0),
    movedOn,
    toNext: share(movedOn),
    won,
    toWon: share(won),
    medianSeconds: median ?? null,
    averageSeconds: row?.average ?? null,
  }
}

/** Amounts of different currencies do not add up. */
function moneyOf({ minor, currency, other_currency }: SumRow): Sum {
  if (minor === null || currency === null) return null
  return currency === other_currency
    ? moneyOfMinor(BigInt(minor), currency)
    : { amount: null, currency: null, mixed: true }
}

/** What the stage makes likely of its sum; half minor units round up. */
function weighted(sum: Sum, row: SumRow | undefined, { probability, kind }: StageDefinition): Sum {
  if (sum === null || sum.amount === null || !row?.minor) return sum
  const percent = probability ?? (kind === 'won' ? 100 : kind === 'lost' ? 0 : undefined)
  if (percent === undefined) return null
  const hundredths = BigInt(Math.round(percent * 100))
  return moneyOfMinor((BigInt(row.minor) * hundredths + 5_000n) / 10_000n, sum.currency)
}
