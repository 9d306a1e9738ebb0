/** What every format of tables offers to those who read them. */
import type { TextEncoding } from './text-survey.ts'

/** What the caller knows better than the file shows. */
export interface TableHints {
  /** A character, for CSV. */
  delimiter?: string
  /** As in `CsvFormat`. */
  encoding?: string
  /** Name of the sheet, for XLSX; the first visible one without it. */
  sheet?: string
}

export interface CsvFormat {
  kind: 'csv'
  delimiter: string
  encoding: TextEncoding
}

export interface XlsxFormat {
  kind: 'xlsx'
  sheet: string
  sheets: string[]
}

/** A list of objects. */
export interface JsonFormat {
  kind: 'json'
}

/** A row as the format gives it, before the header says how many cells it should have. */
export interface RawRow {
  line: number
  values: string[]
}

/** What each format offers; `Table` adds the header. */
export interface RowSource {
  format: CsvFormat | XlsxFormat | JsonFormat
  rawRows(): AsyncGenerator<RawRow>
  /** Rows with the header, near enough for a progress bar; null when the file does not tell. */
  estimatedRows: number | null
}
