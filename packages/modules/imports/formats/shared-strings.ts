/**
 * The texts that a workbook's cells point at. They come in a part of their own and in no order that helps, so all must
 * be at hand: kept as bytes outside the heap, which takes a third of what strings would.
 */
import type { Readable } from 'node:stream'
import { tooLarge } from './archive.ts'
import { readWholeMarkup } from './markup.ts'
import { unescapeText } from './sheet-text.ts'

const blockBytes = 1024 * 1024

export class TextPool {
  private readonly blocks: Buffer[] = []
  private used = blockBytes
  private starts = new Uint32Array(1024)
  private blockOf = new Uint16Array(1024)
  private lengths = new Uint32Array(1024)
  private count = 0

  add(text: string): void {
    const bytes = Buffer.from(text)
    if (this.used + bytes.length > blockBytes) {
      this.blocks.push(Buffer.allocUnsafe(Math.max(blockBytes, bytes.length)))
      this.used = 0
      if (this.blocks.length > 0xffff) throw tooLarge()
    }
    if (this.count === this.starts.length) this.grow()
    bytes.copy(this.blocks.at(-1)!, this.used)
    this.starts[this.count] = this.used
    this.blockOf[this.count] = this.blocks.length - 1
    this.lengths[this.count] = bytes.length
    this.used += bytes.length
    this.count += 1
  }

  /** The text with this number; '' where the workbook points at none. */
  get(index: number): string {
    if (!(index >= 0 && index < this.count)) return ''
    const start = this.starts[index]!
    return this.blocks[this.blockOf[index]!]!.toString('utf8', start, start + this.lengths[index]!)
  }

  private grow(): void {
    const size = this.starts.length * 2
    this.starts = enlarged(this.starts, new Uint32Array(size))
    this.blockOf = enlarged(this.blockOf, new Uint16Array(size))
    this.lengths = enlarged(this.lengths, new Uint32Array(size))
  }
}

function enlarged<T extends Uint32Array | Uint16Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** Reads xl/sharedStrings.xml: `<si>` holds one text, in one `<t>` or in several with formats; phonetic ones are left out. */
export async function readSharedStrings(stream: Readable): Promise<TextPool> {
  const pool = new TextPool()
  let text = ''
  let inText = false
  let phonetic = false
  await readWholeMarkup(stream, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 't') inText = !phonetic
      else if (name === 'rPh') phonetic = true
    },
    text(piece) {
      if (inText) text += piece
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') phonetic = false
      else if (name === 'si') pool.add(unescapeText(text))
    },
  })
  return pool
}
