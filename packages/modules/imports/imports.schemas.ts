/** What a caller may say about an import, and what it is told. */
import { fieldTypes } from '@oneforge/kernel/metadata'
import { newObject } from '@oneforge/modules/customization'
import { z } from 'zod'

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

const mapping = z
  .record(z.string().regex(/^\d{1,3}$/, 'must be the index of a column, from 0'), z.string().nullable())
  .describe(
    'Column index to field key, to recordNumber, or to stageMoves.{pipeline}.reason, .note or .done; null leaves the column out. Without it columns are matched by name and content.',
  )

export const importModes = ['create', 'update', 'upsert'] as const

const dateOrder = z.enum(['DMY', 'MDY', 'YMD', 'auto']).default('auto')

const decimalMark = z
  .enum(['.', ',', 'auto'])
  .default('auto')
  .describe('What stands before the decimals of numbers and amounts; by itself each column tells.')

/** What the caller knows better than the file shows. */
export const tableHints = {
  sheet: z.string().optional().describe('Name of the sheet of a workbook; the first without it.'),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
}

/** Settings of an import, whether they come as JSON or as fields of a form. */
export const importSettings = z.strictObject({
  mapping: z.preprocess(jsonText, mapping).optional(),
  mode: z.enum(importModes).default('create'),
  matchOn: z
    .string()
    .optional()
    .describe('Field that tells which record a row means: unique, e-mail or phone; or recordNumber.'),
  dateOrder,
  decimalMark,
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
  ...tableHints,
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

/** A new object, and which columns of an uploaded file fill its fields. */
export const objectFromUpload = z.strictObject({
  uploadId: z.uuid(),
  object: newObject,
  mapping: mapping.describe('Column index to the key of one of the fields; null leaves the column out.'),
  dateOrder,
  decimalMark,
  ...tableHints,
})
export type ObjectFromUpload = z.output<typeof objectFromUpload>

export const storedUpload = z.object({ id: z.uuid(), fileName: z.string() }).meta({ id: 'Upload' })

const formatShape = z.looseObject({ kind: z.enum(['csv', 'xlsx', 'json']), headerRow: z.boolean() })

const proposedField = z.object({
  key: z.string(),
  label: z.string(),
  type: z.enum(fieldTypes),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  rules: z.object({ min: z.number().optional(), max: z.number().optional() }).optional(),
  unique: z.boolean().optional(),
  sortable: z.boolean().optional(),
  searchable: z.boolean().optional(),
  default: z.object({ formula: z.string() }).optional(),
})

export const proposal = z
  .object({
    uploadId: z.uuid(),
    fileName: z.string(),
    format: formatShape,
    rowCount: z.int().nullable(),
    object: z
      .object({
        slug: z.string(),
        label: z.string(),
        labelPlural: z.string(),
        roles: z.object({ title: z.string() }),
        fields: z.array(proposedField),
      })
      .describe('As `POST /objects/from-upload` takes it.'),
    columns: z.array(
      z.object({
        index: z.int(),
        name: z.string(),
        samples: z.array(z.string()),
        filled: z.int().describe('Rows with a value.'),
        distinct: z.int(),
        field: z.string().describe('Key of the field that is proposed for it.'),
        type: z.enum(fieldTypes),
        confidence: z.number(),
        alternatives: z
          .array(z.object({ type: z.enum(fieldTypes), unreadable: z.int(), examples: z.array(z.string()) }))
          .describe('Types that nearly all values fit; the others would be refused.'),
      }),
    ),
  })
  .meta({ id: 'ObjectProposal' })

export const rowOutcomes = ['created', 'updated', 'unchanged', 'duplicate', 'refused'] as const

const cellProblem = z.object({
  column: z.int().describe('-1 for what concerns no column of the file.'),
  field: z.string(),
  message: z.string(),
})

export const preview = z
  .object({
    uploadId: z.uuid(),
    fileName: z.string(),
    format: formatShape,
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
        numbers: z
          .object({
            decimalMark: z.enum(['.', ',']),
            source: z.enum(['content', 'locale', 'chosen']),
            thousands: z.boolean().describe('Whether 72.000 and 72,000 are both read as thousands.'),
            open: z
              .boolean()
              .describe('Whether values could mean something else, and nothing but the language decided.'),
          })
          .optional()
          .describe('How the numbers of the column are read; absent where no value has a mark.'),
      }),
    ),
    rows: z.array(
      z.object({
        line: z.int(),
        values: z.array(z.string()),
        read: z
          .record(z.string(), z.unknown())
          .describe(
            'By field, as it would be stored: numbers, amounts, dates, phone numbers. Others stay as they are.',
          ),
        outcome: z
          .enum(rowOutcomes)
          .nullable()
          .describe('What the import would make of the row; null while no column is mapped.'),
        errors: z.array(cellProblem).describe('Why it would be refused or is a duplicate.'),
      }),
    ),
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
