import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvStream, type ExportCell, type ExportRows, jsonStream, xlsxStream } from '@oneforge/modules/exports'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTable } from './table.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneforge-export-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items
}

async function save(stream: ReadableStream<Uint8Array>): Promise<string> {
  const path = join(directory, crypto.randomUUID())
  await pipeline(Readable.fromWeb(stream as never), createWriteStream(path))
  return path
}

async function readBack(path: string, sheet?: string): Promise<{ header: string[]; values: string[][] }> {
  const table = await openTable(path, { sheet })
  const values: string[][] = []
  for await (const row of table.rows()) values.push(row.values)
  return { header: table.header, values }
}

const text = async (stream: ReadableStream<Uint8Array>) =>
  Buffer.from(await new Response(stream).arrayBuffer()).toString()
const rowsOf = (header: string[], rows: ExportCell[][]): ExportRows => ({ header, cells: each(rows) })

/** Texts of any script with the characters that formats stumble over. */
const cellText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.stringMatching(/^[a-z,;|"'\n\r\t _x0-9A-F<>&=+@-]{0,20}$/),
  fc.constantFrom(
    '_x000D_',
    ' leading',
    'trailing ',
    '"',
    '""',
    'a\r\nb',
    '0012',
    '1e5',
    '=1+1',
    '\u0001',
    '\r',
    '𝔘',
    'ñ',
  ),
)
/** Rows that are not blank: those are left out by the reader. */
const tables = fc
  .integer({ min: 2, max: 5 })
  .chain((columns) =>
    fc.array(
      fc
        .array(cellText, { minLength: columns - 1, maxLength: columns - 1 })
        .map((cells): string[] => ['row', ...cells]),
      { minLength: 0, maxLength: 12 },
    ),
  )
  .filter((rows) => new Set(rows.map((row) => row.length)).size <= 1)

const headerFor = (rows: string[][]) => Array.from({ length: rows[0]?.length ?? 2 }, (_, index) => `c${index}`)

describe('what was written reads back equal', () => {
  it('as CSV', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const written = rows.map((row) => row.map((cell) => cell.toWellFormed().replaceAll('\0', '')))
        const read = await readBack(await save(csvStream(rowsOf(headerFor(rows), written))))
        const expected = written.map((row) =>
          row.map((cell) => (/^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell)),
        )
        expect(read).toEqual({ header: headerFor(rows), values: expected })
      }),
      { numRuns: 150 },
    )
  })

  it('as XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const written = rows.map((row) => row.map((cell) => cell.toWellFormed()))
        const read = await readBack(await save(xlsxStream(rowsOf(headerFor(rows), written))))
        expect(read).toEqual({ header: headerFor(rows), values: written })
      }),
      { numRuns: 150 },
    )
  })
})

describe('typed cells', () => {
  const cells: ExportCell[] = [
    -5,
    120.5,
    true,
    null,
    { kind: 'date', iso: '1980-12-31' },
    { kind: 'datetime', iso: '2026-11-21T09:30:00' },
    { kind: 'date', iso: '1850-02-03' },
  ]
  const header = cells.map((_cell, index) => `c${index}`)

  it('are plain in CSV', async () => {
    expect(await text(csvStream(rowsOf(header, [cells])))).toBe(
      '\ufeffc0,c1,c2,c3,c4,c5,c6\r\n-5,120.5,true,,1980-12-31,2026-11-21T09:30:00,1850-02-03\r\n',
    )
  })

  it('keep their types in XLSX', async () => {
    const { values } = await readBack(await save(xlsxStream(rowsOf(header, [cells]))))
    expect(values).toEqual([['-5', '120.5', 'TRUE', '', '1980-12-31', '2026-11-21T09:30:00', '1850-02-03']])
  })
})

describe('formulas', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1'])('are escaped in CSV: %j', async (cell) => {
    expect(await text(csvStream(rowsOf(['a'], [[cell]])))).toContain(`'${cell}`)
  })

  it('are escaped in the header as well', async () => {
    expect(await text(csvStream(rowsOf(['=cmd'], [])))).toBe("\ufeff'=cmd\r\n")
  })
})

describe('JSON', () => {
  it('is an array, also of nothing', async () => {
    expect(JSON.parse(await text(jsonStream(each([{ a: 1 }, { a: '"' }]))))).toEqual([{ a: 1 }, { a: '"' }])
    expect(JSON.parse(await text(jsonStream(each([]))))).toEqual([])
  })
})

describe('long lists', () => {
  it('go on in another sheet', async () => {
    const rows = Array.from({ length: 7 }, (_, index) => [`r${index}`])
    const path = await save(xlsxStream(rowsOf(['name'], rows), 4))
    const sheets = await Promise.all(['Records', 'Records 2', 'Records 3'].map((sheet) => readBack(path, sheet)))
    expect(sheets.flatMap(({ values }) => values)).toEqual(rows)
  })

  it('stop being read when the receiver goes away', async () => {
    let ended = false
    async function* endless(): AsyncGenerator<ExportCell[]> {
      try {
        for (;;) yield ['x'.repeat(1000)]
      } finally {
        ended = true
      }
    }
    const reader = csvStream({ header: ['a'], cells: endless() }).getReader()
    await reader.read()
    await reader.cancel()
    expect(ended).toBe(true)
  })

  it('of 100,000 rows are written and read within 200 MB', { timeout: 60_000 }, async () => {
    const before = process.memoryUsage().rss
    let highest = before
    const watch = () => {
      highest = Math.max(highest, process.memoryUsage().rss)
    }
    async function* people(): AsyncGenerator<ExportCell[]> {
      for (let i = 0; i < 100_000; i++) {
        if (i % 1000 === 0) watch()
        const city = ['Perth', 'Málaga', 'Lima'][i % 3]!
        const born: ExportCell = { kind: 'date', iso: '1980-12-31' }
        yield [
          `Person number ${i}`,
          `p${i}@example.com`,
          `+6141${i}`,
          born,
          city,
          i / 4,
          i % 2 === 0,
          'a note',
          i,
          null,
        ]
      }
    }
    const header = ['name', 'email', 'phone', 'born', 'city', 'amount', 'active', 'note', 'number', 'nothing']
    const path = await save(xlsxStream({ header, cells: people() }))
    expect((await stat(path)).size).toBeGreaterThan(1_000_000)
    let count = 0
    for await (const row of (await openTable(path)).rows()) {
      count += 1
      if (count % 1000 === 0) watch()
      if (count === 100_000)
        expect(row.values.slice(0, 4)).toEqual([
          'Person number 99999',
          'p99999@example.com',
          '+614199999',
          '1980-12-31',
        ])
    }
    expect(count).toBe(100_000)
    expect((highest - before) / 1024 ** 2).toBeLessThan(200)
  })
})
