/**
 * JSON as programs hand it out: a list of objects, each of which is a row. Nested objects become columns of their own
 * (`address.city`), lists stay JSON. Only one object at a time is parsed, however long the file is.
 */
import { createReadStream } from 'node:fs'
import { validationError } from '@oneforge/kernel/errors'
import type { RawRow, RowSource } from './row-source.ts'

/** Deeper objects stay JSON: a column name that long tells nobody anything. */
const mostLevels = 3
/** An object longer than this is not a row of a table. */
const longestItem = 8 * 1024 * 1024

/** @throws AppError 400 if the file holds anything else than a list of objects. */
export async function openJson(path: string): Promise<RowSource> {
  const names = new Set<string>()
  let items = 0
  for await (const item of itemsOf(path)) {
    items += 1
    for (const name of flat(item).keys()) names.add(name)
  }
  const header = [...names]
  return { format: { kind: 'json' }, estimatedRows: items + 1, rawRows: () => readRows(path, header) }
}

/** The header stands in line 0, so that each row has the number of its object, counted from 1. */
async function* readRows(path: string, header: string[]): AsyncGenerator<RawRow> {
  yield { line: 0, values: [...header] }
  let line = 0
  for await (const item of itemsOf(path)) {
    line += 1
    const cells = flat(item)
    yield { line, values: header.map((name) => cells.get(name) ?? '') }
  }
}

function flat(item: object, prefix = '', level = 1, cells = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(item)) {
    const name = prefix + key
    if (isObject(value) && level < mostLevels) flat(value, `${name}.`, level + 1, cells)
    else cells.set(name, textOf(value))
  }
  return cells
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const notAList = (more: string) =>
  validationError(
    [{ field: 'file', message: `must be a list of objects: ${more}` }],
    `JSON is imported as a list of objects, such as [{"name": "Ana"}, {"name": "Bob"}]: ${more}.`,
  )

async function* itemsOf(path: string): AsyncGenerator<object> {
  let number = 0
  for await (const text of itemTexts(path)) {
    number += 1
    yield parsedItem(text, number)
  }
}

function parsedItem(text: string, number: number): object {
  let item: unknown
  try {
    item = JSON.parse(text)
  } catch (error) {
    throw notAList(`item ${number} is not valid JSON (${(error as Error).message})`)
  }
  if (!isObject(item)) throw notAList(`item ${number} is no object`)
  return item
}

/** The text of each item of the list, cut at the commas that stand in no string, object or list within. */
async function* itemTexts(path: string): AsyncGenerator<string> {
  const cutter = new ItemCutter()
  const bytes = createReadStream(path, { highWaterMark: 256 * 1024, encoding: 'utf8' })
  for await (const chunk of bytes as AsyncIterable<string>) yield* cutter.feed(chunk)
  cutter.end()
}

class ItemCutter {
  private item = ''
  private depth = 0
  private inString = false
  private escaped = false
  private ended = false

  end(): void {
    if (!this.ended) throw notAList('the list does not end, so the file may be cut off')
  }

  *feed(chunk: string): Generator<string> {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk[at]!
      if (this.inString) this.passString(character)
      else if (character === '"') this.inString = true
      else if (character === '[' || character === '{') {
        if (this.depth === 0 && character === '{') throw notAList('it begins with an object of its own')
        this.depth += 1
        if (this.depth === 1) from = at + 1
      } else if (character === ']' || character === '}') this.depth -= 1
      const closes = !this.inString && character === ']' && this.depth === 0
      if (closes || (!this.inString && character === ',' && this.depth === 1)) {
        const text = this.item + chunk.slice(from, at)
        this.item = ''
        from = at + 1
        if (text.trim() !== '') yield text
      }
      if (closes) {
        this.ended = true
        return
      }
    }
    if (this.depth > 0) this.item += chunk.slice(from)
    if (this.item.length > longestItem) throw notAList('one of its items is longer than 8 MB')
  }

  private passString(character: string): void {
    if (this.escaped) this.escaped = false
    else if (character === '\\') this.escaped = true
    else if (character === '"') this.inString = false
  }
}
