/**
 * A file of rows and columns, whatever its format, read as a stream: nothing holds more than a few rows of it at once.
 * The first row that is not blank names the columns.
 */
import { open, stat } from 'node:fs/promises'
import { AppError, validationError } from '@oneforge/kernel/errors'
import { openCsv } from './csv.ts'
import { openJson } from './json.ts'
import type { RawRow, RowSource, TableHints } from './row-source.ts'
import { openWorkbook } from './xlsx.ts'

/** What a file may be at the most. */
export const tableLimits = {
  fileBytes: 200 * 1024 * 1024,
  columns: 500,
  cellCharacters: 100_000,
} as const

export interface TableRow {
  /** Where the row begins in the file: the line of a CSV, the row of a sheet, the item of a list; the first is 1. */
  line: number
  /** One per column of the header, untouched; what a row lacks is ''. */
  values: string[]
  /** Why the row cannot be taken as it stands, whatever the columns mean. */
  problem?: string
}

export type TableFormat = RowSource['format'] & { headerRow: true }

export interface Table {
  format: TableFormat
  header: string[]
  /** Every row after the header but blank ones; may be called again to read from the start. */
  rows(): AsyncGenerator<TableRow>
  /** About how many rows `rows` gives; null when the file does not tell. */
  estimateRows(): number | null
}

/**
 * Opens a CSV, XLSX or JSON file by what it contains, not by its name.
 *
 * @throws AppError 413 for a file over the limits, 415 for another format, 400 for one that is damaged or empty.
 */
export async function openTable(path: string, hints: TableHints = {}): Promise<Table> {
  const { size } = await stat(path)
  if (size > tableLimits.fileBytes) {
    throw new AppError('PAYLOAD_TOO_LARGE', 'The file is larger than 200 MB. Split it and import the parts.')
  }
  if (size === 0) throw validationError([], 'The file is empty.')
  const source = await openSource(path, hints)
  const header = await readHeader(source)
  const { format, estimatedRows } = source
  return {
    format: { ...format, headerRow: true },
    header,
    rows: () => rowsBelowHeader(source, header.length),
    estimateRows: () => (estimatedRows === null ? null : Math.max(estimatedRows - 1, 0)),
  }
}

/** Magic numbers of formats that people choose by mistake, with what to do instead. */
const foreignFormats: [string, string][] = [
  ['d0cf11e0', 'This is an old Excel file (.xls). Save it as .xlsx or CSV and choose that file.'],
  ['25504446', 'This is a PDF. Export the table as CSV or XLSX from where it was made.'],
  ['89504e47', 'This is a picture. Choose a CSV, XLSX or JSON file.'],
  ['ffd8ff', 'This is a picture. Choose a CSV, XLSX or JSON file.'],
  ['1f8b', 'This is a compressed file. Unpack it and choose the CSV or XLSX file inside.'],
  ['377abcaf', 'This is a compressed file. Unpack it and choose the CSV or XLSX file inside.'],
]

async function openSource(path: string, hints: TableHints): Promise<RowSource> {
  const start = await beginningOf(path)
  const magic = start.toString('hex')
  for (const [foreign, message] of foreignFormats) {
    if (magic.startsWith(foreign)) throw new AppError('UNSUPPORTED_MEDIA_TYPE', message)
  }
  if (magic.startsWith('504b0304')) return openWorkbook(path, hints)
  return looksLikeJson(start.toString('utf8')) ? openJson(path) : openCsv(path, hints)
}

/** The name of a column may begin with a bracket as well, but not with one and a brace. */
const looksLikeJson = (text: string): boolean => /^\ufeff?\s*(\[\s*[{\]]|\{\s*")/.test(text)

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const isBlank = (row: RawRow): boolean => row.values.every((value) => value.trim() === '')

async function readHeader(source: RowSource): Promise<string[]> {
  for await (const row of source.rawRows()) {
    if (isBlank(row)) continue
    const names = row.values.map((name) => name.trim())
    while (names.at(-1) === '') names.pop()
    if (names.length > tableLimits.columns) {
      throw validationError([], `The file has ${names.length} columns; at most ${tableLimits.columns} can be imported.`)
    }
    return names.map((name, index) => name.slice(0, 200) || `Column ${index + 1}`)
  }
  throw validationError([], 'The file has no rows: its first row must name the columns.')
}

async function* rowsBelowHeader(source: RowSource, columns: number): AsyncGenerator<TableRow> {
  let headerSeen = false
  for await (const row of source.rawRows()) {
    if (isBlank(row)) continue
    if (headerSeen) yield fitToHeader(row, columns)
    headerSeen = true
  }
}

/** Pads short rows. A long one has most likely been shifted by a delimiter inside a value: better refused than misread. */
function fitToHeader({ line, values }: RawRow, columns: number): TableRow {
  const tooLong = values.findIndex((value) => value.length > tableLimits.cellCharacters)
  if (tooLong >= 0) {
    const cut = values.slice(0, columns).map((value) => value.slice(0, 1_000))
    return { line, values: pad(cut, columns), problem: `Cell ${tooLong + 1} is longer than 100,000 characters.` }
  }
  if (values.slice(columns).some((value) => value.trim() !== '')) {
    const problem = `The row has ${values.length} cells, the header ${columns}: a value that contains the delimiter is probably not quoted.`
    return { line, values: values.slice(0, columns), problem }
  }
  return { line, values: values.length === columns ? values : pad(values.slice(0, columns), columns) }
}

function pad(values: string[], columns: number): string[] {
  while (values.length < columns) values.push('')
  return values
}
