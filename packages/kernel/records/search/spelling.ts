/** Words that were mistyped: what of the words that stand in titles may have been meant. */
import { type Query, sql } from '../../database/index.ts'
import type { RecordContext } from '../context.ts'
import type { Term } from './terms.ts'

/** Shorter words are alike too many others. */
const shortestWord = 4
const mostMeant = 5
/** How alike words of the index must be to be looked at: one letter wrong in a short word leaves so much. */
const likeness = '0.2'

const isWord = ({ forms }: Term): boolean =>
  forms.length === 1 && forms[0]!.length === 1 && forms[0]![0]!.length >= shortestWord && !/\d/.test(forms[0]![0]!)

/**
 * The terms with the words that may be meant beside those typed; undefined where nothing is like them.
 */
export async function putRight(context: RecordContext, terms: Term[]): Promise<Term[] | undefined> {
  const words = terms.filter(isWord).map(({ forms }) => forms[0]![0]!)
  if (words.length === 0) return undefined
  const asked: Query[] = [
    sql`select set_config('pg_trgm.similarity_threshold', ${likeness}, true)`,
    ...words.map((word) => sql`select word from similar_words(${word})`),
  ]
  const [, ...answers] = await context.tx.batch<{ word: string }>(asked)
  const meant = new Map(
    words.map((word, index) => [
      word,
      closest(
        word,
        answers[index]!.map((row) => row.word),
      ),
    ]),
  )
  if ([...meant.values()].every((found) => found.length === 0)) return undefined
  return terms.map((term) =>
    isWord(term) ? { forms: [term.forms[0]!, ...meant.get(term.forms[0]![0]!)!.map((word) => [word])] } : term,
  )
}

/** Those with the fewest wrong letters, as long as there are few: one in a short word, two in a longer one. */
export function closest(typed: string, words: string[]): string[] {
  const most = typed.length >= 7 ? 2 : 1
  const measured = words.map((word) => ({ word, wrong: lettersWrong(typed, word) })).filter(({ wrong }) => wrong > 0)
  const least = Math.min(...measured.map(({ wrong }) => wrong))
  if (least > most) return []
  return measured
    .filter(({ wrong }) => wrong === least)
    .slice(0, mostMeant)
    .map(({ word }) => word)
}

/**
 * Letters left out, added, replaced, or changed round with their neighbour (Damerau's distance), between what was typed
 * and the word; what follows in the word counts for nothing where only its beginning was typed.
 */
export function lettersWrong(typed: string, word: string): number {
  const [from, to] = [Array.from(typed), Array.from(word)]
  const rows: number[][] = [to.map((_, index) => index).concat(to.length)]
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      row.push(Math.min(replaced, rows[i - 1]![j]! + 1, row[j - 1]! + 1, swapped ? rows[i - 2]![j - 2]! + 1 : replaced))
    }
    rows.push(row)
  }
  const last = rows[from.length]!
  const isBeginning = from.length < to.length - 2
  return isBeginning ? Math.min(...last) : last[to.length]!
}
