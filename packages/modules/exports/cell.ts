/** What may stand in a cell of an exported file. */

/** A moment without zone, as the reader of the file would write it down: `2026-11-21`, `2026-11-21T09:30:00`. */
export interface CellMoment {
  kind: 'date' | 'datetime'
  iso: string
}

/** Numbers stay numbers in a workbook, and texts stay texts: neither is ever run as a formula. */
export type ExportCell = string | number | boolean | CellMoment | null
