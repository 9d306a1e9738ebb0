/** The words that stand in titles, by what is typed of them (migrations/0032_search.sql). */
import { type Query, type Row, sql, walkingAlong } from '../../database/index.ts'
import { containing } from './conditions.ts'
import { begins } from './searched.ts'

/** Of each typed word: what stands for more has to be typed further, or is asked for by its beginning. */
const mostKnown = 20

export interface KnownWord extends Row {
  typed: string
  word: string
}

/** Longer words that begin as these do. */
export const wordsBeginning = (tenantId: string, typed: string[]): Query =>
  walkingAlong(sql`select w.typed, t.word from unnest(${typed}::text[]) as w (typed) cross join lateral (
      select t.word from title_words t where t.tenant_id = ${tenantId} and t.word <> w.typed and ${begins(sql`t.word`, sql`w.typed`)}
      order by t.word limit ${mostKnown}
    ) as t`)

/** Words in which these stand, but not at the beginning. */
export const wordsHolding = (tenantId: string, typed: string[]): Query =>
  sql`select w.typed, t.word from unnest(${typed}::text[], ${typed.map(containing)}::text[]) as w (typed, pattern)
    cross join lateral (
      select t.word from title_words t where t.tenant_id = ${tenantId} and t.word like w.pattern
        and not starts_with(t.word, w.typed) limit ${mostKnown}
    ) as t`

export function wordsOfTyped(known: KnownWord[]): Map<string, string[]> {
  const words = new Map<string, string[]>()
  for (const { typed, word } of known) words.set(typed, [...(words.get(typed) ?? []), word])
  return words
}
