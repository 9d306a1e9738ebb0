/** Where in a text the searched words stand, so that a page can mark them: places, never markup. */
import { foldLetters } from '../../metadata/values/index.ts'

/** From and to, in UTF-16 units as JavaScript counts them. */
export interface Mark {
  from: number
  to: number
}

/** Places of the parts in the text, in order and without overlaps; numbers are found however they are spaced. */
export function marksIn(text: string, parts: string[]): Mark[] {
  const [numbers, words] = [parts.filter(isLongNumber), parts.filter((part) => !isLongNumber(part))]
  const found: Mark[] = []
  if (words.length > 0) {
    const letters = lettersOf(text, () => true)
    found.push(...words.flatMap((part) => placesOf(part, letters)))
  }
  if (numbers.length > 0) {
    const digits = lettersOf(text, (letter) => /\d/.test(letter))
    // A number dialled at home begins with a 0 that the stored one, with its country, does not have.
    found.push(...numbers.flatMap((part) => placesOf(part.replace(/^0/, ''), digits)))
  }
  return joined(found)
}

const isLongNumber = (part: string): boolean => /^\d{5,}$/.test(part)

/** What most letters are folds by itself; taking each apart would be half of what a search costs the server. */
const lastOfAscii = '\u007F'

/** Each folded letter with the place of the one it came from: `ß` and `é` do not keep their length. */
interface Letters {
  folded: string
  places: Mark[]
}

function lettersOf(text: string, wanted: (letter: string) => boolean): Letters {
  const letters: Letters = { folded: '', places: [] }
  let at = 0
  for (const character of text) {
    const folded = character <= lastOfAscii ? character.toLowerCase() : foldLetters(character)
    if (wanted(character)) {
      letters.folded += folded
      for (let unit = 0; unit < folded.length; unit++) letters.places.push({ from: at, to: at + character.length })
    }
    // An accent of its own belongs to the letter before it.
    if (folded === '' && letters.places.length > 0) letters.places.at(-1)!.to = at + character.length
    at += character.length
  }
  return letters
}

function placesOf(part: string, { folded, places }: Letters): Mark[] {
  const found: Mark[] = []
  for (let at = folded.indexOf(part); at >= 0 && part !== ''; at = folded.indexOf(part, at + part.length)) {
    found.push({ from: places[at]!.from, to: places[at + part.length - 1]!.to })
  }
  return found
}

function joined(marks: Mark[]): Mark[] {
  const sorted: Mark[] = []
  for (const { from, to } of [...marks].sort((one, other) => one.from - other.from)) {
    const last = sorted.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else sorted.push({ from, to })
  }
  return sorted
}

const before = 30
const longest = 120

/** The part of a long text around its first mark, with the marks moved accordingly; undefined where nothing is marked. */
export function excerptOf(text: string, parts: string[]): { text: string; marks: Mark[] } | undefined {
  const [first] = marksIn(text, parts)
  if (!first) return undefined
  const space = text.lastIndexOf(' ', Math.max(0, first.from - before))
  const from = first.from <= before || space < 0 ? 0 : space + 1
  const shown = text.slice(from, from + longest).replace(/\s/g, ' ')
  const excerpt = `${from > 0 ? '…' : ''}${shown.toWellFormed()}${from + longest < text.length ? '…' : ''}`
  return { text: excerpt, marks: marksIn(excerpt, parts) }
}
