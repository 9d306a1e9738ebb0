/** Sort keys: text whose byte order in UTF-8 (PostgreSQL's COLLATE "C") is the order of the values. */
import { cut, foldText } from './fold.ts'

/** Code points of a folded text that count for its place. With at most four bytes each, an index entry stays small. */
const textKeyLength = 200

/** Never empty, even for a text of nothing but accents: the empty key is free to stand for a title that is absent. */
export const textKey = (text: string): string => cut(foldText(text) || text, textKeyLength)

const bits = new DataView(new ArrayBuffer(8))
const hex16 = (value: bigint): string => value.toString(16).padStart(16, '0')

/**
 * Sixteen hex digits that order all finite numbers. IEEE 754 orders positive numbers by their bits already; setting
 * the sign bit lifts them above the negative ones, whose bits are turned over because they run backwards.
 */
export function numberKey(value: number): string {
  bits.setFloat64(0, value === 0 ? 0 : value)
  const raw = bits.getBigUint64(0)
  return hex16(value < 0 ? BigInt.asUintN(64, ~raw) : raw | (1n << 63n))
}

/** Sixteen hex digits that order all 64-bit integers. */
export const integerKey = (value: bigint): string => hex16(value + (1n << 63n))

/** Order of two keys as PostgreSQL sees it: by code point, where JavaScript's `<` goes by UTF-16 unit. */
export function compareKeys(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    if (left.charCodeAt(at) !== right.charCodeAt(at)) return left.codePointAt(at)! - right.codePointAt(at)!
  }
  return left.length - right.length
}
