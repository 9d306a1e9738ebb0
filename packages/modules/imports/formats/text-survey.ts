/** What a text file is made of, found out by one pass over its bytes: encoding, number of lines, and its beginning. */
import { createReadStream } from 'node:fs'
import iconv from 'iconv-lite'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface TextSurvey {
  encoding: TextEncoding
  /** Lines of the file; quoted line breaks count too. */
  lines: number
  /** The first 64 KB, decoded. */
  beginning: string
}

const sampleBytes = 64 * 1024

/** Reads the file once. What is not valid UTF-8 and has no byte order mark is taken for Windows-1252. */
export async function surveyText(path: string): Promise<TextSurvey> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let beginning = Buffer.alloc(0)
  let lineFeeds = 0
  let carriageReturns = 0
  let validUtf8 = true
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    if (beginning.length < sampleBytes) {
      beginning = Buffer.concat([beginning, chunk.subarray(0, sampleBytes - beginning.length)])
    }
    lineFeeds += countByte(chunk, 0x0a)
    if (lineFeeds === 0) carriageReturns += countByte(chunk, 0x0d)
    validUtf8 &&= decodes(utf8, chunk)
  }
  validUtf8 &&= decodes(utf8)
  const encoding = unicodeMark(beginning) ?? zeroPattern(beginning) ?? (validUtf8 ? 'utf-8' : 'windows-1252')
  return { encoding, lines: Math.max(lineFeeds, carriageReturns) + 1, beginning: iconv.decode(beginning, encoding) }
}

function decodes(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}

function countByte(chunk: Buffer, byte: number): number {
  let count = 0
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) count++
  return count
}

function unicodeMark(bytes: Buffer): TextEncoding | undefined {
  const mark = bytes.subarray(0, 3).toString('hex')
  if (mark === 'efbbbf') return 'utf-8'
  if (mark.startsWith('fffe')) return 'utf-16le'
  if (mark.startsWith('feff')) return 'utf-16be'
  return undefined
}

/** UTF-16 without a mark: in a table mostly of Latin letters every other byte is zero. */
function zeroPattern(bytes: Buffer): TextEncoding | undefined {
  const sample = bytes.subarray(0, 4096)
  let even = 0
  let odd = 0
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  const enough = sample.length / 8
  if (odd > enough && odd > even * 4) return 'utf-16le'
  if (even > enough && even > odd * 4) return 'utf-16be'
  return undefined
}

const delimiters = [',', ';', '\t', '|']
const comparedRecords = 20

/** The delimiter that cuts the beginning of the file into the most regular records; a comma if none cuts it. */
export function detectDelimiter(beginning: string): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const score = regularity(cutsPerRecord(beginning, delimiter))
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** How many delimiters stand outside quotes in each of the first records that are not blank. */
function cutsPerRecord(text: string, delimiter: string): number[] {
  const counts: number[] = []
  let count = 0
  let blank = true
  let quoted = false
  let fieldStart = true
  for (const character of text) {
    if (character === '"' && (quoted || fieldStart)) quoted = !quoted
    fieldStart = false
    if (quoted) continue
    if (character === '\n' || character === '\r') {
      if (!blank) counts.push(count)
      if (counts.length === comparedRecords) return counts
      count = 0
      blank = true
      fieldStart = true
    } else {
      blank = false
      if (character === delimiter) {
        count++
        fieldStart = true
      }
    }
  }
  if (!blank && counts.length === 0) counts.push(count)
  return counts
}

/** Records that agree with the header weigh more than many cuts: a comma inside addresses is no delimiter. */
function regularity(counts: number[]): number {
  const header = counts[0] ?? 0
  if (header === 0) return 0
  const agreeing = counts.filter((count) => count === header).length / counts.length
  return agreeing * 10 + Math.min(header, 50) / 50
}
