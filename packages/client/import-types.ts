/** Imports and long work, as the server sends them. Labels come in the caller's language. */
import type { FieldType } from './metadata-types.ts'

export interface ImportPreview {
  uploadId: string
  fileName: string
  format: {
    kind: 'csv' | 'xlsx' | 'json'
    delimiter?: string
    encoding?: string
    headerRow: boolean
    sheet?: string
    sheets?: string[]
  }
  rowCount: number | null
  columns: {
    index: number
    name: string
    samples: string[]
    field: string | null
    confidence: number
    reason: 'name' | 'synonym' | 'content' | null
    /** How the dates of the column are read, and what that follows from. */
    dateOrder?: { order: 'DMY' | 'MDY' | 'YMD'; source: 'content' | 'locale' | 'chosen' }
    /** How its numbers are read; `open` where values could mean something else and only the language decided. */
    numbers?: { decimalMark: '.' | ','; source: 'content' | 'locale' | 'chosen'; thousands: boolean; open: boolean }
  }[]
  rows: {
    line: number
    values: string[]
    /** By field, as it would be stored: numbers, amounts, dates, times, phone numbers. */
    read: Record<string, unknown>
    /** What the import would make of the row; null while no column is mapped. */
    outcome: 'created' | 'updated' | 'unchanged' | 'duplicate' | 'refused' | null
    /** Why it would be refused or is a duplicate; the column is -1 for what concerns none of the file. */
    errors: { column: number; field: string; message: string }[]
  }[]
  /** What must be settled before the import can start. */
  problems?: { field: string; message: string }[]
  summary: { checked: number; withErrors: number }
}

export type DateOrder = 'DMY' | 'MDY' | 'YMD' | 'auto'
export type DecimalMark = '.' | ',' | 'auto'

export interface ImportInput {
  uploadId: string
  /** Column index to field key; null leaves the column out. Without it columns are matched anew. */
  mapping?: Record<string, string | null>
  mode?: 'create' | 'update' | 'upsert'
  matchOn?: string
  dateOrder?: DateOrder
  decimalMark?: DecimalMark
  edits?: { line: number; column: number; value: string }[]
  /** Where new records belong; null: to no location. Without it where one has switched to. */
  locationId?: string | null
  dryRun?: boolean
  /** Name of a workbook's sheet; the first without it. */
  sheet?: string
}

export interface JobAccepted {
  jobId: string
  status: JobStatus
  statusUrl: string
}

export type JobStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled'

export interface ImportResult {
  total: number
  created: number
  updated: number
  duplicates: number
  refused: number
  /** New records that may be the same as another: as one that was there, or one that the file brings twice. */
  alike?: number
  /** Rows that said nothing new about their record. */
  unchanged?: number
  dryRun: boolean
  refusedUrl?: string
  undoable?: boolean
  importId?: string
  /** The object was made for the file, and goes when the import is taken back. */
  createsObject?: boolean
  /** Taking an import back: records moved to the trash, put back as they were, and left because they changed since. */
  deleted?: number
  restored?: number
  kept?: number
  /** Whether the object that was made for the file went too. */
  objectRemoved?: boolean
  downloadUrl?: string
}

export interface Job {
  id: string
  type: string
  object: string | null
  status: JobStatus
  progress: number
  startedAt: string | null
  finishedAt: string | null
  result: Partial<ImportResult> | null
  errors: { line?: number; field?: string; message: string }[]
}

export interface ImportSummary {
  id: string
  object: string
  fileName?: string
  status: JobStatus | string
  createdAt: string
  jobId?: string
  result?: Partial<ImportResult> | null
}

/** A field as it is proposed for a column of a file; sent back as it is, or changed. */
export interface ProposedField {
  key: string
  label: string
  type: FieldType
  options?: { value: string; label: string }[]
  rules?: { min?: number; max?: number }
  required?: boolean
  unique?: boolean
  sortable?: boolean
  searchable?: boolean
  default?: { formula: string }
}

/** What object a file could become. */
export interface ObjectProposal {
  uploadId: string
  fileName: string
  format: ImportPreview['format']
  rowCount: number | null
  object: { slug: string; label: string; labelPlural: string; roles: { title: string }; fields: ProposedField[] }
  columns: {
    index: number
    name: string
    samples: string[]
    filled: number
    distinct: number
    field: string
    type: FieldType
    confidence: number
    /** Types that nearly all values fit; the others would be refused. */
    alternatives: { type: FieldType; unreadable: number; examples: string[] }[]
  }[]
}

/** A proposal as it is sent back: the object, and the key of the field that each column fills. */
export interface ObjectFromUpload {
  uploadId: string
  object: ObjectProposal['object'] & { icon: string }
  /** Name of a workbook's sheet; the first without it. */
  sheet?: string
  mapping: Record<string, string | null>
}
