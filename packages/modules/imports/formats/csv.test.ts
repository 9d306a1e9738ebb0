import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableHints } from './row-source.ts'
import { openTable, type TableRow } from './table.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneforge-csv-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function fileOf(content: string | Buffer): Promise<string> {
  const path = join(directory, `${crypto.randomUUID()}.csv`)
  await writeFile(path, content)
  return path
}

async function read(content: string | Buffer, hints?: TableHints) {
  const table = await openTable(await fileOf(content), hints)
  const rows: TableRow[] = []
  for await (const row of table.rows()) rows.push(row)
  return { table, rows, values: rows.map((row) => row.values) }
}

const people = [
  ['Name', 'City', 'Note'],
  ['José Peña', 'A Coruña', 'plain'],
  ['Zoë; Smith', 'a, b', 'tab\there | bar'],
  ['Two\nlines', 'quote " inside', ''],
  ['', 'x', 'é'],
]

const quote = (value: string, delimiter: string, everything: boolean) =>
  everything || value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value

const written = (delimiter: string, lineBreak: string, everything: boolean) =>
  people.map((row) => row.map((value) => quote(value, delimiter, everything)).join(delimiter)).join(lineBreak) +
  lineBreak

describe('a corpus of delimiters, encodings, line breaks and quoting', () => {
  const encodings = [
    { name: 'utf-8', encode: (text: string) => Buffer.from(text), detected: 'utf-8' },
    { name: 'utf-8 with mark', encode: (text: string) => Buffer.from(`\ufeff${text}`), detected: 'utf-8' },
    { name: 'utf-16le', encode: (text: string) => iconv.encode(text, 'utf-16le'), detected: 'utf-16le' },
    {
      name: 'utf-16le with mark',
      encode: (text: string) => iconv.encode(text, 'utf-16le', { addBOM: true }),
      detected: 'utf-16le',
    },
    { name: 'utf-16be', encode: (text: string) => iconv.encode(text, 'utf-16be'), detected: 'utf-16be' },
    {
      name: 'utf-16be with mark',
      encode: (text: string) => iconv.encode(text, 'utf-16be', { addBOM: true }),
      detected: 'utf-16be',
    },
    { name: 'windows-1252', encode: (text: string) => iconv.encode(text, 'windows-1252'), detected: 'windows-1252' },
  ]
  for (const delimiter of [',', ';', '\t', '|']) {
    for (const { name, encode, detected } of encodings) {
      it(`reads ${name} cut by ${JSON.stringify(delimiter)}`, async () => {
        for (const lineBreak of ['\n', '\r\n', '\r']) {
          for (const everything of [false, true]) {
            const { table, values } = await read(encode(written(delimiter, lineBreak, everything)))
            expect(table.format).toEqual({ kind: 'csv', delimiter, encoding: detected, headerRow: true })
            expect([table.header, ...values]).toEqual(people)
          }
        }
      })
    }
  }
})

describe('lines', () => {
  it('gives the line where each row begins, whatever stands in quotes or is blank before it', async () => {
    const { rows } = await read('\r\nname,note\r\nA,"one\r\ntwo\r\nthree"\r\n\r\n,\r\nB,x\nC,"y\n"\r\nD,z')
    expect(rows.map(({ line, values }) => [line, values[0]])).toEqual([
      [3, 'A'],
      [8, 'B'],
      [9, 'C'],
      [11, 'D'],
    ])
  })

  it('estimates how many rows there are', async () => {
    const { table } = await read(`name,city\n${'Ann,Perth\n'.repeat(500)}`)
    expect(table.estimateRows()).toBe(500)
  })

  it('reads again from the start when asked again', async () => {
    const { table, rows } = await read('name\nA\nB\n')
    const again: TableRow[] = []
    for await (const row of table.rows()) again.push(row)
    expect(again).toEqual(rows)
  })
})

describe('ragged rows', () => {
  it('pads short rows and refuses long ones with the reason', async () => {
    const { rows } = await read('name,city,note\nA\nB,b,c,,\nC,12 Main St, Perth,x\n')
    expect(rows[0]).toEqual({ line: 2, values: ['A', '', ''] })
    expect(rows[1]).toEqual({ line: 3, values: ['B', 'b', 'c'] })
    expect(rows[2]!.problem).toBe(
      'The row has 4 cells, the header 3: a value that contains the delimiter is probably not quoted.',
    )
  })

  it('names columns without a name and drops those at the end', async () => {
    const { table } = await read('name,,city,,\nA,b,c\n')
    expect(table.header).toEqual(['name', 'Column 2', 'city'])
  })

  it('keeps careless quotes as they are', async () => {
    const { values } = await read('name,size\nTV 42" screen,big\nO"Neill,5" \n')
    expect(values).toEqual([
      ['TV 42" screen', 'big'],
      ['O"Neill', '5" '],
    ])
  })
})

describe('detection', () => {
  it('is not misled by commas inside values of a file cut by semicolons', async () => {
    const { table } = await read('Name;Address\nA;1 Main St, Perth, WA\nB;2 High St, York, WA\n')
    expect(table.format).toMatchObject({ delimiter: ';' })
    expect(table.header).toEqual(['Name', 'Address'])
  })

  it('takes one column for what it is', async () => {
    const { table, values } = await read('email\nann@example.com\nbob@example.com')
    expect(table.header).toEqual(['email'])
    expect(values).toHaveLength(2)
  })

  it('finds Windows-1252 by a byte far behind the beginning', async () => {
    const text = `name,city\n${'Ann,Perth\n'.repeat(20_000)}José,Málaga\n`
    const { table, values } = await read(iconv.encode(text, 'windows-1252'))
    expect(table.format).toMatchObject({ encoding: 'windows-1252' })
    expect(values.at(-1)).toEqual(['José', 'Málaga'])
  })

  it('takes UTF-8 with a character across the border of two reads for what it is', async () => {
    const text = `n\n${'x'.repeat(256 * 1024 - 3)}é\n`
    const { table } = await read(text)
    expect(table.format).toMatchObject({ encoding: 'utf-8' })
  })

  it('lets the hints decide', async () => {
    const { table, values } = await read('a,b;c\n1,2;3\n', { delimiter: ';', encoding: 'windows-1252' })
    expect(table.header).toEqual(['a,b', 'c'])
    expect(values).toEqual([['1,2', '3']])
  })
})

describe('what is refused', () => {
  it('says in which line a quotation mark was opened that is never closed', async () => {
    await expect(read('name,note\nA,"open\nB,x\nC,y\n')).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('The row that begins in line 2 has a quotation mark that is never closed'),
    })
  })

  it('does not gather a whole file behind an open quotation mark', async () => {
    const big = `name,note\nA,"${'0123456789abcde\n'.repeat(1_000_000)}`
    await expect(read(big)).rejects.toMatchObject({ status: 400, message: expect.stringContaining('line 2') })
  })

  it.each([
    ['nothing', Buffer.alloc(0), 400, 'The file is empty.'],
    ['blank lines', '\n\n ,\n', 400, 'The file has no rows: its first row must name the columns.'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 415, 'Save it as .xlsx or CSV'],
    ['a PDF', '%PDF-1.7 …', 415, 'This is a PDF.'],
    ['bytes', Buffer.from([1, 2, 0, 3, 0, 0, 7, 8, 9, 200, 0, 44]), 415, 'not a text file'],
    ['too many columns', `${'c,'.repeat(600)}c\n`, 400, 'The file has 601 columns; at most 500 can be imported.'],
  ])('refuses %s', async (_what, content, status, message) => {
    await expect(read(content)).rejects.toMatchObject({ status, message: expect.stringContaining(message) })
  })

  it('refuses a row with an endless cell and reads on', async () => {
    const { rows } = await read(`name,note\nA,${'x'.repeat(100_001)}\nB,y\n`)
    expect(rows[0]!.problem).toBe('Cell 2 is longer than 100,000 characters.')
    expect(rows[1]).toEqual({ line: 3, values: ['B', 'y'] })
  })
})
