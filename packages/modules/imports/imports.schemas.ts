/** What a caller may say about an import, and what it is told. */
import { z } from 'zod'

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

const mapping = z
  .record(z.string().regex(/^\d{1,3}$/, 'must be the index of a column, from 0'), z.string().nullable())
  .describe(
    'Column index to field key, or to recordNumber; null leaves the column out. Without it columns are matched by name and content.',
  )

export const importModes = ['create', 'update', 'upsert'] as const

/** Settings of an import, whether they come as JSON or as fields of a form. */
export const importSettings = z.strictObject({
  mapping: z.preprocess(jsonText, mapping).optional(),
  mode: z.enum(importModes).default('create'),
  matchOn: z
    .string()
    .optional()
    .describe('Field that tells which record a row means: unique, e-mail or phone; or recordNumber.'),
  dateOrder: z.enum(['DMY', 'MDY', 'YMD', 'auto']).default('auto'),
  edits: z
    .preprocess(
      jsonText,
      z
        .array(z.strictObject({ line: z.int().min(1), column: z.int().min(0), value: z.string().max(100_000) }))
        .max(5_000),
    )
    .optional()
    .describe('Cells corrected before the import.'),
  locationId: z
    .preprocess(
      (value) => (value === '' || value === 'null' ? null : value),
      z.uuid('must be the id of a location').nullable(),
    )
    .optional()
    .describe('Where the new records belong; null: to no location. Without it where the request is switched to.'),
  dryRun: flag.default(false),
  sheet: z.string().optional().describe('Name of the sheet of a workbook; the first without it.'),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
})
export type ImportSettings = z.output<typeof importSettings>

function jsonText(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** A file that was uploaded before, by its id. */
export const uploadedSettings = importSettings.extend({ uploadId: z.uuid() })

const cellProblem = z.object({ column: z.int(), field: z.string(), message: z.string() })

export const preview = z
  .object({
    uploadId: z.uuid(),
    fileName: z.string(),
    format: z.looseObject({ kind: z.enum(['csv', 'xlsx']), headerRow: z.boolean() }),
    rowCount: z.int().nullable(),
    columns: z.array(
      z.object({
        index: z.int(),
        name: z.string(),
        samples: z.array(z.string()),
        field: z.string().nullable(),
        confidence: z.number(),
        reason: z.enum(['name', 'synonym', 'content']).nullable(),
        dateOrder: z
          .object({ order: z.enum(['DMY', 'MDY', 'YMD']), source: z.enum(['content', 'locale', 'chosen']) })
          .optional()
          .describe('How the dates of the column are read, and what that follows from.'),
      }),
    ),
    rows: z.array(z.object({ line: z.int(), values: z.array(z.string()), errors: z.array(cellProblem) })),
    problems: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .describe('What must be settled before the import can start.'),
    summary: z.object({ checked: z.int(), withErrors: z.int() }),
  })
  .meta({ id: 'ImportPreview' })

export const importSummary = z
  .object({
    id: z.uuid(),
    jobId: z.uuid(),
    object: z.string().nullable(),
    fileName: z.string(),
    status: z.string(),
    createdAt: z.string(),
    createdBy: z.object({ id: z.uuid(), name: z.string().nullable() }),
    undoneAt: z.string().nullable(),
    result: z.looseObject({}).nullable(),
  })
  .meta({ id: 'Import' })
