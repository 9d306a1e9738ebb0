/**
 * Terms as questions to the index of words (migrations/0043_search_words.sql): which records of an object hold words that
 * are these, or begin so.
 */
import { shortestWithin, type Term } from './terms.ts'

/** As the index has them: its shortest words, and where longer ones are cut. */
const shortestWord = 3
const longestWord = 40
const between = /[!-/:-@[-`{-~ ]+/

const wordsIn = (part: string): string[] =>
  part
    .split(between)
    .map((word) => Array.from(word).slice(0, longestWord))
    .filter((letters) => letters.length >= shortestWord)
    .map((letters) => letters.join(''))

const isLong = ({ forms }: Term): boolean =>
  forms.every((parts) => parts.some((part) => Array.from(part).length >= shortestWithin))

/** Whether any index can be asked for one of the terms. */
export const isIndexed = (terms: Term[]): boolean => terms.some(isLong)

/** Long numbers are not in the index: where they begin says little about a phone number. */
const isOfWords = ({ forms }: Term): boolean =>
  forms.flat().every((part) => wordsIn(part).length > 0 && !wordsIn(part).some((word) => /^\d{5,}$/.test(word)))

/** The terms that the index of words is asked for; none where it does not know one that narrows the search. */
export const termsOfWords = (terms: Term[]): Term[] =>
  terms.some((term) => isLong(term) && !isOfWords(term)) ? [] : terms.filter(isOfWords)

/** The words for which others that begin so, or hold them, may stand: those of the terms that are one word each. */
export const soleWords = (terms: Term[]): string[] => terms.flatMap((term) => soleWord(term) ?? [])

function soleWord({ forms }: Term): string | undefined {
  const [parts, ...others] = forms
  if (others.length > 0 || parts!.length > 1) return undefined
  const words = wordsIn(parts![0]!)
  return words.length === 1 ? words[0] : undefined
}

/** Other words that may stand for a typed one. */
export type KnownWords = ReadonlyMap<string, string[]>

/** A tsquery for records of the object that hold each of the terms as a whole word, or one of those known instead of it. */
export const wholeWords = (objectId: string, terms: Term[], known: KnownWords): string =>
  query(terms, known, (words) => words.map((word) => lexeme(objectId, word)))

/** The same for words that begin so; of words that marks part, such as an address, the last one. */
export const begunWords = (objectId: string, terms: Term[], known: KnownWords): string =>
  query(terms, known, (words) =>
    words.map((word, at) => lexeme(objectId, word) + (at === words.length - 1 ? ':*' : '')),
  )

function query(terms: Term[], known: KnownWords, asked: (words: string[]) => string[]): string {
  const allOf = (questions: string[]) => questions.join(' & ')
  const anyOf = (questions: string[]) => `(${questions.map((one) => `(${one})`).join(' | ')})`
  const asForm = (parts: string[]) => allOf(parts.flatMap((part) => asked(wordsIn(part))))
  return allOf(
    terms.map((term) => {
      const others = known.get(soleWord(term) ?? '') ?? []
      return anyOf([...term.forms.map(asForm), ...others.map((word) => asForm([word]))])
    }),
  )
}

/** Words hold no quotes or backslashes, which part them. */
const lexeme = (objectId: string, word: string): string => `'${objectId.slice(-6)}${word}'`
