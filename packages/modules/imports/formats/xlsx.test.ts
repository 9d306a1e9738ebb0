import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableHints } from './row-source.ts'
import { openTable, type TableRow } from './table.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneforge-xlsx-'))
})
afterAll(() => rm(directory, { recursive: true }))

const relationshipTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

interface Parts {
  /** What stands between <worksheet> and </worksheet>, by sheet name. */
  sheets: Record<string, string>
  hidden?: string[]
  sharedStrings?: string
  styles?: string
  workbookProperties?: string
}

/** A workbook as Excel lays it out. */
function workbook({ sheets, hidden = [], sharedStrings, styles, workbookProperties = '' }: Parts): Zippable {
  const names = Object.keys(sheets)
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships><Relationship Id="r" Type="${relationshipTypes}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${relationshipTypes}">${workbookProperties}<sheets>${names
      .map((name, i) => `<sheet name="${name}" r:id="r${i}"${hidden.includes(name) ? ' state="hidden"' : ''}/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map(
        (_name, i) => `<Relationship Id="r${i}" Type="${relationshipTypes}/worksheet" Target="worksheets/s${i}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="st" Type="${relationshipTypes}/styles" Target="/xl/styles.xml"/><Relationship Id="ss" Type="${relationshipTypes}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  }
  names.forEach((name, i) => {
    parts[`xl/worksheets/s${i}.xml`] = `<worksheet>${sheets[name]}</worksheet>`
  })
  if (sharedStrings) parts['xl/sharedStrings.xml'] = `<sst>${sharedStrings}</sst>`
  if (styles) parts['xl/styles.xml'] = `<styleSheet>${styles}</styleSheet>`
  return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))
}

async function fileOf(content: Zippable | Uint8Array): Promise<string> {
  const path = join(directory, `${crypto.randomUUID()}.xlsx`)
  await writeFile(path, content instanceof Uint8Array ? content : zipSync(content))
  return path
}

async function read(content: Zippable | Uint8Array, hints?: TableHints) {
  const table = await openTable(await fileOf(content), hints)
  const rows: TableRow[] = []
  for await (const row of table.rows()) rows.push(row)
  return { table, rows, values: rows.map((row) => row.values) }
}

const header = '<row r="1"><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>'
const sheet = (rows: string) => `<sheetData>${header}${rows}</sheetData>`

describe('cells', () => {
  it('reads shared, rich, inline, formula, boolean and error texts', async () => {
    const { values } = await read(
      workbook({
        sharedStrings:
          '<si><t xml:space="preserve"> plain </t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>ignored</t></rPh></si><si><t>a_x000D_b &amp; _x005F_x0041_</t></si>',
        sheets: {
          One: sheet(
            '<row r="2"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="3"><c t="s"><v>2</v></c><c t="str"><f>A1</f><v>f</v></c></row><row r="4"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>',
          ),
        },
      }),
    )
    expect(values).toEqual([
      [' plain ', 'rich'],
      ['a\rb & _x0041_', 'f'],
      ['TRUE', '#N/A'],
    ])
  })

  it('reads numbers as people see them', async () => {
    const numbers = ['1', '0.30000000000000004', '6.1412345678E10', '-1.5E-7', '120.5']
    const { values } = await read(
      workbook({ sheets: { One: sheet(numbers.map((n) => `<row><c><v>${n}</v></c></row>`).join('')) } }),
    )
    expect(values.map(([first]) => first)).toEqual(['1', '0.3', '61412345678', '-0.00000015', '120.5'])
  })

  it('reads dates, times and percentages by their number formats', async () => {
    const formats = [14, 22, 20, 10, 170, 171, 172]
    const styles = `<numFmts><numFmt numFmtId="170" formatCode="[$-409]d\\ mmmm\\ yyyy;@"/><numFmt numFmtId="171" formatCode="0.00&quot; days&quot;"/><numFmt numFmtId="172" formatCode="[Red]#,##0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`
    const serials = ['29221', '45000.75', '0.5', '0.125', '29221', '3.5', '1234']
    const cells = serials.map((value, style) => `<row><c s="${style}"><v>${value}</v></c></row>`).join('')
    const { values } = await read(workbook({ styles, sheets: { One: sheet(cells) } }))
    expect(values.map(([first]) => first)).toEqual([
      '1980-01-01',
      '2023-03-15T18:00:00',
      '12:00:00',
      '12.5%',
      '1980-01-01',
      '3.5',
      '1234',
    ])
  })

  it('counts days from 1904 where the workbook does', async () => {
    const { values } = await read(
      workbook({
        workbookProperties: '<workbookPr date1904="1"/>',
        styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
        sheets: { One: sheet('<row><c s="0"><v>27759</v></c></row>') },
      }),
    )
    expect(values[0]![0]).toBe('1980-01-01')
  })
})

describe('rows', () => {
  it('puts cells under their columns and keeps the row numbers of the sheet', async () => {
    const { rows } = await read(
      workbook({
        sheets: { One: sheet('<row r="5"><c r="B5"><v>7</v></c></row><row r="9"><c r="A9"><v>8</v></c></row>') },
      }),
    )
    expect(rows).toEqual([
      { line: 5, values: ['', '7'] },
      { line: 9, values: ['8', ''] },
    ])
  })

  it('understands producers that prefix every tag', async () => {
    const { values } = await read(
      workbook({ sheets: { One: `<x:sheetData>${(header + header).replaceAll(/<(\/?)/g, '<$1x:')}</x:sheetData>` } }),
    )
    expect(values).toEqual([['a', 'b']])
  })

  it('chooses the first visible sheet, or the one asked for', async () => {
    const content = workbook({
      hidden: ['Codes'],
      sheets: {
        Codes: sheet('<row><c><v>1</v></c></row>'),
        People: `<dimension ref="A1:B2"/>${sheet('<row><c><v>2</v></c></row>')}`,
      },
    })
    const first = await read(content)
    expect(first.table.format).toEqual({ kind: 'xlsx', sheet: 'People', sheets: ['Codes', 'People'], headerRow: true })
    expect(first.table.estimateRows()).toBe(1)
    expect(first.values).toEqual([['2', '']])
    expect((await read(content, { sheet: 'Codes' })).values).toEqual([['1', '']])
    await expect(read(content, { sheet: 'None' })).rejects.toMatchObject({
      message: expect.stringContaining('the workbook has Codes, People'),
    })
  })
})

describe('what is refused', () => {
  it('refuses a sheet that unpacks to many times its size', async () => {
    const bomb = workbook({ sheets: { One: sheet(`<row><c><v>${' '.repeat(40_000_000)}</v></c></row>`) } })
    await expect(read(zipSync(bomb, { level: 9 }))).rejects.toMatchObject({ status: 413 })
  })

  it('refuses one text that would fill the memory', async () => {
    const letters = Array.from({ length: 100_000 }, () => Math.random().toString(36)).join('')
    const bomb = workbook({ sheets: { One: sheet(`<row><c t="str"><v>${letters.repeat(5)}</v></c></row>`) } })
    await expect(read(bomb)).rejects.toMatchObject({ status: 413 })
  })

  it('does not expand entities', async () => {
    const laughs = `<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData>${header.replace('>a<', '>&b;<')}</sheetData></worksheet>`
    const parts = workbook({ sheets: { One: '' } })
    parts['xl/worksheets/s0.xml'] = strToU8(laughs)
    await expect(read(parts)).rejects.toMatchObject({ status: 400, message: expect.stringContaining('damaged') })
  })

  it.each([
    ['an archive cut off', zipSync(workbook({ sheets: { One: sheet('') } })).slice(0, 300)],
    ['an archive without a workbook', { 'content.xml': strToU8('<office/>') }],
    ['markup that does not close', workbook({ sheets: { One: '<sheetData><row><c>' } })],
    ['a column that no sheet has', workbook({ sheets: { One: sheet('<row><c r="ZZZZZZ9"><v>1</v></c></row>') } })],
  ])('refuses %s', async (_what, content) => {
    const error = await read(content).catch((thrown) => thrown)
    expect([400, 413]).toContain(error.status)
  })
})
