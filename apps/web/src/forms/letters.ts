/** Letters as filters compare them: Zoë, ZOE and zoe are one. The server folds with the same list. */
const accents = new RegExp(
  '[\\u0300-\\u036F\\u0483-\\u0487\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7\\u0610-\\u061A\\u064B-\\u065F\\u0670' +
    '\\u06D6-\\u06DC\\u06DF-\\u06E4\\u06E7\\u06E8\\u06EA-\\u06ED\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF\\uFE20-\\uFE2F]',
  'g',
)

export function foldLetters(text: string): string {
  const bare = text.normalize('NFKD').replace(accents, '')
  return Array.from(bare, (character) => character.toLowerCase())
    .join('')
    .replaceAll('ς', 'σ')
}

/** Code points that count for the place of a text. */
const keyLength = 200

/** What texts are put in order by: folded, white space made one. */
export function textKey(text: string): string {
  const folded = foldLetters(text).replace(/\s+/g, ' ').trim() || text
  return folded.length <= keyLength ? folded : Array.from(folded).slice(0, keyLength).join('')
}

/** By code point, where `<` goes by UTF-16 unit. */
export function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    if (left.charCodeAt(at) !== right.charCodeAt(at)) return left.codePointAt(at)! - right.codePointAt(at)!
  }
  return left.length - right.length
}
