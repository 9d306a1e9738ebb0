/** Stretches of the time in which records were created, by their numbers: where they lie, and which of them a period meets. */
import { type RawBuilder, sql } from '../database/index.ts'
import type { CreatedWithin } from './kept-conditions.ts'

/** In the time of a stretch; a moment at which one ends belongs to the next. */
const inOrder = (bounds: number[]): RawBuilder<unknown> =>
  sql`${bounds.map((at) => new Date(at).toISOString())}::timestamptz[]`

/** The number of the stretch in which a moment lies. */
export const stretchAt = (moment: RawBuilder<unknown>, bounds: number[]): RawBuilder<unknown> =>
  sql`width_bucket(${moment}, ${inOrder(bounds)})`

/** When a stretch begins and ends, by its number. */
export const limitsOf = (stretch: RawBuilder<unknown>, bounds: number[]) => ({
  begins: sql`coalesce((${inOrder(bounds)})[${stretch}], '-infinity')`,
  ends: sql`coalesce((${inOrder(bounds)})[${stretch} + 1], 'infinity')`,
})

/** Created in one of the stretches; those beside one another are one. */
export function createdIn(bounds: number[], only: number[]): RawBuilder<unknown> {
  const sorted = only.toSorted((a, b) => a - b)
  const firsts = sorted.filter((stretch) => !only.includes(stretch - 1))
  const lasts = sorted.filter((stretch) => !only.includes(stretch + 1))
  const at = (bound: number | undefined, open: string) => (bound === undefined ? open : new Date(bound).toISOString())
  const spans = firsts.map((first, index) => {
    const from = at(bounds[first - 1], '-infinity')
    const to = at(bounds[lasts[index]!], 'infinity')
    return sql`(r.created_at >= ${from}::timestamptz and r.created_at < ${to}::timestamptz)`
  })
  return spans.length === 0 ? sql`false` : sql`(${sql.join(spans, sql` or `)})`
}

/** Stretches that lie in the period, and those that only begin or end in it. */
export function stretchesIn(bounds: number[], { from, below }: CreatedWithin): { whole: number[]; cut: number[] } {
  const numbers = Array.from({ length: bounds.length + 1 }, (_, stretch) => stretch)
  const begin = (stretch: number) => bounds[stretch - 1] ?? Number.NEGATIVE_INFINITY
  const end = (stretch: number) => bounds[stretch] ?? Number.POSITIVE_INFINITY
  const [first, last] = [from ?? Number.NEGATIVE_INFINITY, below ?? Number.POSITIVE_INFINITY]
  const isWhole = (stretch: number) => begin(stretch) >= first && end(stretch) <= last
  const touched = numbers.filter((stretch) => begin(stretch) < last && end(stretch) > first)
  return { whole: touched.filter(isWhole), cut: touched.filter((stretch) => !isWhole(stretch)) }
}
