/** CSV as it comes from other systems: any delimiter, four encodings, every kind of line break, careless quotes. */
import { createReadStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { AppError, validationError } from '@oneforge/kernel/errors'
import { type CsvError, type Parser, parse } from 'csv-parse'
import iconv from 'iconv-lite'
import type { CsvFormat, RawRow, RowSource, TableHints } from './row-source.ts'
import { detectDelimiter, surveyText, type TextEncoding } from './text-survey.ts'

/** A quote that is never closed swallows the rest of the file: a row longer than this is such a one. */
const maxRowBytes = 8 * 1024 * 1024

/** Finds out encoding and delimiter, unless the hints tell them. */
export async function openCsv(path: string, hints: TableHints): Promise<RowSource> {
  const survey = await surveyText(path)
  const encoding = asEncoding(hints.encoding) ?? survey.encoding
  if (!encoding.startsWith('utf-16') && survey.beginning.includes('\0')) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'This is not a text file. Choose a CSV or XLSX file.')
  }
  const delimiter = hints.delimiter ?? detectDelimiter(survey.beginning)
  const format: CsvFormat = { kind: 'csv', delimiter, encoding }
  return { format, estimatedRows: survey.lines - 1, rawRows: () => readRows(path, format) }
}

const encodings: TextEncoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']

function asEncoding(name: string | undefined): TextEncoding | undefined {
  if (name === undefined) return undefined
  const known = encodings.find((encoding) => encoding === name.toLowerCase())
  if (!known) throw validationError([{ field: 'encoding', message: `must be one of ${encodings.join(', ')}` }])
  return known
}

async function* readRows(path: string, format: CsvFormat): AsyncGenerator<RawRow> {
  let line = 1
  try {
    for await (const values of parsed(path, format) as AsyncIterable<string[]>) {
      yield { line, values }
      // Counted here: the parser's own count takes a quoted CR LF for two lines.
      line += 1
      for (const value of values) line += lineBreaksIn(value)
    }
  } catch (error) {
    throw asReadable(error, line)
  }
}

function parsed(path: string, { delimiter, encoding }: CsvFormat): Parser {
  const parser = parse({
    delimiter,
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maxRowBytes,
  })
  const bytes: Readable = createReadStream(path, { highWaterMark: 256 * 1024 })
  // A failure reaches the reader through the parser, which the pipeline destroys with it.
  if (encoding === 'utf-8') pipeline(bytes, parser, () => {})
  else pipeline(bytes, iconv.decodeStream(encoding), parser, () => {})
  return parser
}

function lineBreaksIn(value: string): number {
  if (!value.includes('\n') && !value.includes('\r')) return 0
  return value.match(/\r\n|\n|\r/g)!.length
}

function asReadable(error: unknown, line: number): unknown {
  const { code } = error as Partial<CsvError>
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
    return validationError(
      [{ field: 'file', message: `line ${line}: a quotation mark is opened and never closed` }],
      `The row that begins in line ${line} has a quotation mark that is never closed. Correct it and choose the file again.`,
    )
  }
  return error
}
