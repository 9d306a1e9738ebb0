/** Lists as files: CSV, XLSX and JSON, each written while the rows are still being read. */
import { stringify } from 'csv-stringify'
import type { CellMoment, ExportCell } from './cell.ts'
import { writeWorkbook } from './workbook.ts'

export const exportFormats = ['csv', 'xlsx', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What is written: cells for people (CSV, XLSX) or the records as the API gives them (JSON). */
export interface ExportRows {
  header: string[]
  cells: AsyncIterable<ExportCell[]>
}

export const contentTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
}

/** Spreadsheet programs take a file for UTF-8 only if it begins with this. */
const byteOrderMark = '\ufeff'

/**
 * CSV with a byte order mark, CR LF, and texts that begin like a formula made harmless by an apostrophe. Numbers and phone
 * numbers are left alone: neither -5 nor +13055550125 is a formula.
 */
export function csvStream({ header, cells }: ExportRows): ReadableStream<Uint8Array> {
  const stringifier = stringify({
    record_delimiter: '\r\n',
    quote_record_delimiter: true,
    cast: csvCasts,
  })
  return asStream(csvText(stringifier, header, cells))
}

/** As OWASP names them; those of full width count in East Asian spreadsheets. A phone number calls nothing. */
const formulaLike = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/
const phoneNumber = /^\+\d{5,15}$/

const csvCasts = {
  string: (value: string) => (formulaLike.test(value) && !phoneNumber.test(value) ? `'${value}` : value),
  boolean: (value: boolean) => (value ? 'true' : 'false'),
  object: (value: object) => (value as CellMoment).iso,
}

async function* csvText(
  stringifier: ReturnType<typeof stringify>,
  header: string[],
  cells: AsyncIterable<ExportCell[]>,
): AsyncGenerator<string> {
  const drain = () => {
    let text = ''
    for (let piece = stringifier.read(); piece !== null; piece = stringifier.read()) text += String(piece)
    return text
  }
  yield byteOrderMark
  stringifier.write(header)
  for await (const row of cells) {
    if (!stringifier.write(row)) yield drain()
  }
  stringifier.end()
  yield drain()
}

/** XLSX; see `writeWorkbook`. */
export const xlsxStream = ({ header, cells }: ExportRows, rowsPerSheet?: number): ReadableStream<Uint8Array> =>
  asByteStream(writeWorkbook(header, cells, rowsPerSheet))

/** A JSON array, one record to a line. */
export const jsonStream = (records: AsyncIterable<unknown>): ReadableStream<Uint8Array> => asStream(jsonText(records))

async function* jsonText(records: AsyncIterable<unknown>): AsyncGenerator<string> {
  let separator = '[\n'
  for await (const record of records) {
    yield separator + JSON.stringify(record)
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

const pieceBytes = 64 * 1024

const asStream = (texts: AsyncIterable<string>): ReadableStream<Uint8Array> => asByteStream(encoded(texts))

/** Joins small texts to pieces worth sending. */
async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let text = ''
  for await (const next of texts) {
    text += next
    if (text.length < pieceBytes) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text) yield Buffer.from(text)
}

/** Reads on only as fast as the receiver takes the bytes, and stops reading when it goes away. */
function asByteStream(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}
