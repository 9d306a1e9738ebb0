/** Sheets of an XLSX workbook, row by row. */
import { validationError } from '@oneforge/kernel/errors'
import { type Archive, openArchive, tooLarge } from './archive.ts'
import { type MarkupListener, readMarkup } from './markup.ts'
import type { RawRow, RowSource, TableHints } from './row-source.ts'
import { readSharedStrings, TextPool } from './shared-strings.ts'
import { type CellKind, formattedNumber, unescapeText } from './sheet-text.ts'
import { readWorkbook, type SheetPart, type Workbook } from './workbook.ts'

/** The texts of all cells must be kept while a sheet is read; this is about ten million short ones. */
const maxSharedStringBytes = 400 * 1024 * 1024
/** Beyond the limit of columns, so that the header's own check can say how many there are. */
const maxCellColumn = 16_384

/** Opens the sheet named by the hints, or the first that is not hidden. */
export async function openWorkbook(path: string, hints: TableHints): Promise<RowSource> {
  const archive = await openArchive(path)
  try {
    const workbook = await readWorkbook(archive)
    const sheet = chooseSheet(workbook, hints.sheet)
    let texts: TextPool | undefined
    return {
      format: { kind: 'xlsx', sheet: sheet.name, sheets: workbook.sheets.map(({ name }) => name) },
      estimatedRows: await readDimension(archive, sheet),
      async *rawRows() {
        texts ??= await readTexts(path, workbook)
        yield* readSheet(path, workbook, sheet, texts)
      },
    }
  } finally {
    archive.close()
  }
}

function chooseSheet(workbook: Workbook, wanted: string | undefined): SheetPart {
  if (wanted === undefined) return workbook.sheets.find(({ visible }) => visible) ?? workbook.sheets[0]!
  const sheet = workbook.sheets.find(({ name }) => name === wanted)
  if (sheet) return sheet
  const names = workbook.sheets.map(({ name }) => name).join(', ')
  throw validationError([{ field: 'sheet', message: `there is no sheet “${wanted}”; the workbook has ${names}` }])
}

/** The last row that the sheet claims to have (`<dimension ref="A1:J100001"/>` stands before the rows). */
async function readDimension(archive: Archive, sheet: SheetPart): Promise<number | null> {
  let lastRow: number | null = null
  let begun = false
  const pieces = readMarkup(await archive.stream(sheet.part), {
    open(name, attributes) {
      if (name === 'dimension') lastRow = Number(/:[A-Z]+(\d+)$/.exec(attributes.ref ?? '')?.[1]) || null
      if (name === 'sheetData') begun = true
    },
  })
  for await (const _piece of pieces) if (begun) break
  return lastRow
}

async function readTexts(path: string, { sharedStrings }: Workbook): Promise<TextPool> {
  const archive = await openArchive(path)
  try {
    if (!sharedStrings || !archive.has(sharedStrings)) return new TextPool()
    if (archive.size(sharedStrings) > maxSharedStringBytes) throw tooLarge()
    return await readSharedStrings(await archive.stream(sharedStrings))
  } finally {
    archive.close()
  }
}

async function* readSheet(path: string, workbook: Workbook, sheet: SheetPart, texts: TextPool): AsyncGenerator<RawRow> {
  const archive = await openArchive(path)
  try {
    const collector = new RowCollector(texts, workbook)
    const stream = await archive.stream(sheet.part)
    for await (const _piece of readMarkup(stream, collector)) yield* collector.take()
  } finally {
    archive.close()
  }
}

/** Turns the tags of a sheet into rows: `<row r="2"><c r="A2" t="s" s="1"><v>0</v></c></row>`. */
class RowCollector implements MarkupListener {
  private readonly texts: TextPool
  private readonly cellKinds: CellKind[]
  private readonly date1904: boolean
  private rows: RawRow[] = []
  private row: RawRow = { line: 0, values: [] }
  private column = 0
  private type = 'n'
  private kind: CellKind = 'number'
  private raw = ''
  private inValue = false
  private phonetic = false

  constructor(texts: TextPool, { cellKinds, date1904 }: Workbook) {
    this.texts = texts
    this.cellKinds = cellKinds
    this.date1904 = date1904
  }

  /** The rows that are complete by now. */
  take(): RawRow[] {
    const rows = this.rows
    this.rows = []
    return rows
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'c') this.openCell(attributes)
    else if (name === 'v') this.inValue = true
    else if (name === 't') this.inValue = this.type === 'inlineStr' && !this.phonetic
    else if (name === 'rPh') this.phonetic = true
    else if (name === 'row') {
      this.row = { line: Number(attributes.r) || this.row.line + 1, values: [] }
      this.column = 0
    }
  }

  text(piece: string): void {
    if (this.inValue) this.raw += piece
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.inValue = false
    else if (name === 'rPh') this.phonetic = false
    else if (name === 'c') this.closeCell()
    else if (name === 'row') this.rows.push(this.row)
  }

  private openCell(attributes: Record<string, string>): void {
    const column = attributes.r ? columnOf(attributes.r) : this.column + 1
    if (column < 1 || column > maxCellColumn) throw tooLarge()
    this.column = column
    this.type = attributes.t ?? 'n'
    this.kind = this.cellKinds[Number(attributes.s ?? 0)] ?? 'number'
    this.raw = ''
  }

  private closeCell(): void {
    const text = this.cellText()
    if (text === '') return
    const { values } = this.row
    while (values.length < this.column - 1) values.push('')
    values[this.column - 1] = text
  }

  private cellText(): string {
    switch (this.type) {
      case 's':
        return this.texts.get(Number(this.raw))
      case 'inlineStr':
      case 'str':
        return unescapeText(this.raw)
      case 'b':
        return this.raw === '1' ? 'TRUE' : 'FALSE'
      case 'd':
      case 'e':
        return this.raw
      default:
        return formattedNumber(this.raw, this.kind, this.date1904)
    }
  }
}

/** `C5` is in column 3. */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column
}
