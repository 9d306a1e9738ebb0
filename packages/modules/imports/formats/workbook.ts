/** What a workbook says about its sheets, before any of them is read. */
import { posix } from 'node:path'
import type { Archive } from './archive.ts'
import { refuseDamaged } from './archive.ts'
import { readWholeMarkup } from './markup.ts'
import { type CellKind, kindOfFormat } from './sheet-text.ts'

export interface SheetPart {
  name: string
  visible: boolean
  /** Name of the part in the archive. */
  part: string
}

export interface Workbook {
  sheets: SheetPart[]
  date1904: boolean
  /** Name of the part that holds the texts, if there is one. */
  sharedStrings: string | undefined
  /** By style number of a cell. */
  cellKinds: CellKind[]
}

interface Relationship {
  type: string
  part: string
}

/** @throws AppError 400 if the archive is no workbook. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = await readRelationships(archive, '')
  const main = [...root.values()].find((relationship) => relationship.type === 'officeDocument')?.part
  const part = main ?? 'xl/workbook.xml'
  if (!archive.has(part)) refuseDamaged()
  const relationships = await readRelationships(archive, part)
  const byType = (type: string) => [...relationships.values()].find((one) => one.type === type)?.part
  const { sheets, date1904 } = await readSheetList(archive, part, relationships)
  if (sheets.length === 0) refuseDamaged()
  const styles = byType('styles')
  return {
    sheets,
    date1904,
    sharedStrings: byType('sharedStrings'),
    cellKinds: styles && archive.has(styles) ? await readCellKinds(archive, styles) : [],
  }
}

/** The relationships of a part by id; those of the archive itself for ''. */
async function readRelationships(archive: Archive, part: string): Promise<Map<string, Relationship>> {
  const folder = posix.dirname(part)
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const found = new Map<string, Relationship>()
  if (!archive.has(file)) return found
  await readWholeMarkup(await archive.stream(file), {
    open(name, attributes) {
      if (name !== 'Relationship' || !attributes.Id || !attributes.Target) return
      const target = attributes.Target.startsWith('/')
        ? attributes.Target.slice(1)
        : posix.join(folder, attributes.Target)
      found.set(attributes.Id, { type: attributes.Type?.split('/').at(-1) ?? '', part: target })
    },
  })
  return found
}

async function readSheetList(
  archive: Archive,
  part: string,
  relationships: Map<string, Relationship>,
): Promise<{ sheets: SheetPart[]; date1904: boolean }> {
  const sheets: SheetPart[] = []
  let date1904 = false
  await readWholeMarkup(await archive.stream(part), {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
      if (name !== 'sheet') return
      const relationship = relationships.get(attributeWithoutPrefix(attributes, 'id') ?? '')
      if (relationship?.type !== 'worksheet' || !archive.has(relationship.part)) return
      const visible = (attributes.state ?? 'visible') === 'visible'
      sheets.push({ name: attributes.name ?? `Sheet ${sheets.length + 1}`, visible, part: relationship.part })
    },
  })
  return { sheets, date1904 }
}

/** `r:id` under whatever prefix the producer chose. */
function attributeWithoutPrefix(attributes: Record<string, string>, name: string): string | undefined {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.endsWith(`:${name}`)) return value
  }
  return undefined
}

async function readCellKinds(archive: Archive, part: string): Promise<CellKind[]> {
  const codes = new Map<number, string>()
  const kinds: CellKind[] = []
  let inCellFormats = false
  await readWholeMarkup(await archive.stream(part), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0)
        kinds.push(kindOfFormat(id, codes.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return kinds
}
