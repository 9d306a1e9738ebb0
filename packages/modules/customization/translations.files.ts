/** Translations as files: what a translator gets, fills in, and sends back. */
import { validationError } from '@oneforge/kernel/errors'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { z } from 'zod'
import type { FileRow, PresentedText } from './translations.service.ts'

export const fileFormats = ['csv', 'json'] as const
export type FileFormat = (typeof fileFormats)[number]

const columns = ['id', 'source', 'text']
const mostRows = 20_000

/** Spreadsheets run what begins like a formula; a sign before it makes it a text, and is taken off on the way back. */
const disarmed = /^'(?=[=+\-@\t\r])/

export function writeFile(format: FileFormat, locale: string, texts: PresentedText[]): string {
  const rows = texts.map(({ id, source, text }) => ({ id, source, text: text ?? '' }))
  if (format === 'json') return `${JSON.stringify({ locale, texts: rows }, null, 2)}\n`
  return stringify(rows, { header: true, columns, bom: true, escape_formulas: true, record_delimiter: 'windows' })
}

const jsonFile = z.object({
  locale: z.string().optional(),
  texts: z
    .array(z.object({ id: z.string(), source: z.string().optional(), text: z.string().nullish() }))
    .max(mostRows, `takes at most ${mostRows} texts`),
})

/** @throws VALIDATION_ERROR where it is no such file. */
export function readFile(format: FileFormat, content: string): FileRow[] {
  return format === 'json' ? readJson(content) : readCsv(content)
}

function readJson(content: string): FileRow[] {
  const parsed = jsonFile.safeParse(jsonIn(content))
  if (!parsed.success) throw unreadable('must be JSON such as {"texts": [{"id", "source", "text"}]}')
  return parsed.data.texts.map(({ id, source, text }, index) => ({
    line: index + 1,
    id,
    ...(source === undefined ? {} : { source }),
    text: (text ?? '').trim(),
  }))
}

function jsonIn(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

function readCsv(content: string): FileRow[] {
  const lines = linesIn(content)
  if (!lines || lines.length > mostRows) throw unreadable('must be a CSV file with the columns id, source and text')
  return lines.map(({ record, info }) => ({
    line: info.lines,
    id: record.id!.replace(disarmed, ''),
    ...(record.source === undefined ? {} : { source: record.source.replace(disarmed, '') }),
    text: record.text!.replace(disarmed, '').trim(),
  }))
}

interface CsvLine {
  record: { id?: string; source?: string; text?: string }
  info: { lines: number }
}

/** Spreadsheets of some countries write semicolons. Undefined where it is no such file. */
const delimiterOf = (content: string): string | undefined => /^\uFEFF?"?id"?([,;\t])/.exec(content)?.[1]

function linesIn(content: string): CsvLine[] | undefined {
  const delimiter = delimiterOf(content)
  if (!delimiter) return undefined
  try {
    const options = { bom: true, columns: true as const, info: true as const, skip_empty_lines: true }
    const lines = parse(content, { ...options, delimiter }) as unknown as CsvLine[]
    return lines.every(({ record }) => record.id !== undefined && record.text !== undefined) ? lines : undefined
  } catch {
    return undefined
  }
}

const unreadable = (message: string) => validationError([{ field: 'content', message }])
