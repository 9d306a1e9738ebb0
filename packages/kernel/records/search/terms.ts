/** A text that somebody searches for, as terms which must all be found. */
import { foldText } from '../../metadata/values/index.ts'
import type { DayReader } from './days.ts'

/**
 * What one word of the text may stand as: any of the forms, each made of parts that must all be there. A phone number is
 * one term however it was spaced; a mistyped word has the forms that may be meant.
 */
export interface Term {
  forms: string[][]
}

const maxTerms = 8
/** Shorter ones stand inside nearly everything. */
export const shortestWithin = 3
const fewestDigits = 5
const digitsOfPhone = 8

const numeric = /^[+(\d][\d()./-]*$/

/**
 * The terms of a text, folded as records are; the rest of a very long text is left out.
 *
 * @param readDay a day is searched for as records have it, beside what was typed.
 */
export function termsOf(text: string, readDay: DayReader = () => undefined): Term[] {
  const terms: Term[] = []
  let run: string[] = []
  const endRun = () => {
    terms.push(...termsOfRun(run))
    run = []
  }
  for (const word of foldText(text).split(' ').filter(Boolean)) {
    const day = readDay(word)
    if (day !== undefined) {
      endRun()
      terms.push({ forms: [[day], ...termsOfRun([word]).flatMap(({ forms }) => forms)] })
      continue
    }
    if (numeric.test(word)) {
      run.push(word)
      continue
    }
    endRun()
    terms.push({ forms: [[word]] })
  }
  endRun()
  return terms.slice(0, maxTerms)
}

/** Words of digits in a row: each for itself, and together where they may be a phone number; a long one is nothing else. */
function termsOfRun(run: string[]): Term[] {
  const digits = digitsOf(run.join(' '))
  if (digits.length < fewestDigits || run[0] === digits) return run.map((word) => ({ forms: [[word]] }))
  if (digits.length >= digitsOfPhone && run.length > 1) return [{ forms: [[digits]] }]
  return [{ forms: [[digits], run] }]
}

/** The digits that a number is stored with: without what is dialled before the country, and without the (0) after it. */
export function digitsOf(text: string): string {
  const international = /^\s*(\+|00)/.test(text)
  const bare = international ? text.replace('(0)', '') : text
  const digits = bare.replace(/\D/g, '')
  return international ? digits.replace(/^00/, '') : digits
}

/** All parts that a found record may hold, for showing where they stand. */
export const partsOf = (terms: Term[]): string[] => [...new Set(terms.flatMap(({ forms }) => forms.flat()))]
