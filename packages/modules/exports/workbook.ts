/**
 * An XLSX workbook written row by row. The libraries for it keep the whole sheet in memory; this is the small part of
 * the format that a list needs (ECMA-376): texts inline, numbers, booleans and dates by type, a bold header that stays
 * in sight. Cells are typed, so no text can become a formula.
 */
import { Zip, ZipDeflate } from 'fflate'
import type { CellMoment, ExportCell } from './cell.ts'

/** What a sheet of the format can hold; a longer list goes on in the next sheet. */
const mostRowsPerSheet = 1_048_576
const charactersPerCell = 32_767

const pieceCharacters = 64 * 1024

/** Styles by number, in the order of `cellXfs` in the styles part. */
const style = { plain: 0, header: 1, date: 2, datetime: 3 } as const

/** The bytes of the workbook. */
export async function* writeWorkbook(
  header: string[],
  rows: AsyncIterable<ExportCell[]>,
  rowsPerSheet: number = mostRowsPerSheet,
): AsyncGenerator<Uint8Array> {
  const archive = new ArchiveWriter()
  const iterator = rows[Symbol.asyncIterator]()
  try {
    let next = await iterator.next()
    let sheets = 0
    do {
      sheets += 1
      archive.begin(`xl/worksheets/sheet${sheets}.xml`)
      let xml = sheetStart(header)
      for (let line = 2; !next.done && line <= rowsPerSheet; line++) {
        xml += rowXml(next.value, line)
        next = await iterator.next()
        if (xml.length < pieceCharacters) continue
        yield* archive.write(xml)
        xml = ''
      }
      yield* archive.finish(`${xml}</sheetData></worksheet>`)
    } while (!next.done)
    for (const [name, text] of closingParts(sheets)) {
      archive.begin(name)
      yield* archive.finish(text)
    }
    yield* archive.end()
  } finally {
    await iterator.return?.()
  }
}

/** A zip archive whose parts are written one after the other. */
class ArchiveWriter {
  private readonly ready: Uint8Array[] = []
  private readonly zip = new Zip((error, bytes) => {
    if (error) throw error
    this.ready.push(bytes)
  })
  private part: ZipDeflate | undefined

  begin(name: string): void {
    this.part = new ZipDeflate(name, { level: 2 })
    this.zip.add(this.part)
  }

  write(text: string): Uint8Array[] {
    this.part!.push(Buffer.from(text))
    return this.take()
  }

  finish(text: string): Uint8Array[] {
    this.part!.push(Buffer.from(text), true)
    return this.take()
  }

  end(): Uint8Array[] {
    this.zip.end()
    return this.take()
  }

  private take(): Uint8Array[] {
    return this.ready.splice(0).filter((bytes) => bytes.length > 0)
  }
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function sheetStart(header: string[]): string {
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  const cells = header.map((name) => textCell(name, style.header)).join('')
  return `${declaration}<worksheet xmlns="${main}">${frozen}<sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData><row r="1">${cells}</row>`
}

function rowXml(cells: ExportCell[], line: number): string {
  let xml = `<row r="${line}">`
  for (const cell of cells) xml += cellXml(cell)
  return `${xml}</row>`
}

function cellXml(cell: ExportCell): string {
  if (cell === null || cell === '') return '<c/>'
  switch (typeof cell) {
    case 'string':
      return textCell(cell, style.plain)
    case 'number':
      return Number.isFinite(cell) ? `<c><v>${cell}</v></c>` : '<c/>'
    case 'boolean':
      return `<c t="b"><v>${cell ? 1 : 0}</v></c>`
    default:
      return momentCell(cell)
  }
}

const textCell = (text: string, styleNumber: number): string =>
  `<c t="inlineStr"${styleNumber ? ` s="${styleNumber}"` : ''}><is><t xml:space="preserve">${escapeText(text)}</t></is></c>`

const dayMilliseconds = 86_400_000
/** Serial numbers count from here (see the reader's `serialDate`); before March 1900 programs disagree. */
const epoch = Date.UTC(1899, 11, 30)
const firstCertainDay = Date.UTC(1900, 2, 1)

function momentCell({ kind, iso }: CellMoment): string {
  const time = Date.parse(kind === 'date' ? `${iso}T00:00:00Z` : `${iso.slice(0, 19)}Z`)
  if (!(time >= firstCertainDay)) return textCell(iso, style.plain)
  return `<c s="${style[kind]}"><v>${(time - epoch) / dayMilliseconds}</v></c>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** Characters that XML cannot hold, single halves of surrogate pairs, and what would read as an escape of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to escape
const unwritable = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g

function escapeText(text: string): string {
  return text
    .slice(0, charactersPerCell)
    .toWellFormed()
    .replace(unwritable, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>]/g, (character) => entities[character]!)
}

/** The parts that list the sheets, known at the end. */
function closingParts(sheets: number): [string, string][] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1)
  const each = (make: (number: number) => string) => numbers.map(make).join('')
  return [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${media}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${media}.styles+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${media}.worksheet+xml"/>`)}</Types>`,
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((n) => `<sheet name="${n === 1 ? 'Records' : `Records ${n}`}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships">${each((n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="styles" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', stylesXml],
  ]
}

const stylesXml = `${declaration}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
`
