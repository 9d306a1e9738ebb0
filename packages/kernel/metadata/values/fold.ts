/**
 * Folding makes `Zoë`, `ZOE` and `zoe` one: for search, sort keys and the text operators of filters.
 *
 * Only accents are stripped, not every mark: the vowel signs of Devanagari or Thai are letters to their readers. The
 * ranges are written out, because PostgreSQL folds with the same list (see expressions) and knows no Unicode classes.
 */
const accentRanges =
  '\\u0300-\\u036F\\u0483-\\u0487\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7\\u0610-\\u061A\\u064B-\\u065F\\u0670' +
  '\\u06D6-\\u06DC\\u06DF-\\u06E4\\u06E7\\u06E8\\u06EA-\\u06ED\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF\\uFE20-\\uFE2F'

/** A bracket expression of accents, valid in JavaScript and in PostgreSQL's regular expressions. */
export const accentPattern = `[${accentRanges}]`
const accents = new RegExp(accentPattern, 'g')

/** NFKD with the accents stripped: `Zoë` and `Zoe` are one. */
export const bareLetters = (text: string): string => text.normalize('NFKD').replace(accents, '')

/**
 * NFKD, accents stripped, lower-cased code point by code point (no context: a Greek sigma is the same at the end of a
 * word). White space stays as it is.
 */
export function foldLetters(text: string): string {
  return Array.from(bareLetters(text), (character) => character.toLowerCase())
    .join('')
    .replaceAll('ς', 'σ')
}

/** `foldLetters` with runs of white space made one space and none at the ends: for search and sort keys. */
export const foldText = (text: string): string => foldLetters(text).replace(/\s+/g, ' ').trim()

/** The first `count` code points. */
export function cut(text: string, count: number): string {
  if (text.length <= count) return text
  return Array.from(text).slice(0, count).join('')
}
