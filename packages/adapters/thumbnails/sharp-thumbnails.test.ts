import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SharpThumbnails } from './sharp-thumbnails.ts'

let directory: string
const thumbnails = new SharpThumbnails()
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneforge-thumbnails-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function drawn(content: Uint8Array | string, drawer = thumbnails): Promise<Uint8Array | undefined> {
  const path = join(directory, crypto.randomUUID())
  await writeFile(path, content)
  return drawer.draw(path)
}

const red = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 20, b: 20 } } })

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A PNG of a few hundred bytes that says it is 60,000 pixels wide and high. */
function bomb(): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(60_000, 0)
  header.writeUInt32BE(60_000, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  const rows = deflateSync(Buffer.alloc(180_001))
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

describe('small pictures', () => {
  it('fit into a square and keep their proportions; small ones stay as they are', async () => {
    const wide = await sharp(await drawn(await red(1_600, 400).jpeg().toBuffer())).metadata()
    expect([wide.format, wide.width, wide.height]).toEqual(['webp', 320, 80])
    const small = await sharp(await drawn(await red(16, 12).png().toBuffer())).metadata()
    expect([small.width, small.height]).toEqual([16, 12])
  })

  it('stand upright, and say nothing of where they were taken', async () => {
    const lying = await red(400, 200)
      .jpeg()
      .withExif({ IFD0: { Copyright: 'somebody' } })
      .withMetadata({ orientation: 6 })
    const { width, height, exif } = await sharp(await drawn(await lying.toBuffer())).metadata()
    expect([width, height, exif]).toEqual([160, 320, undefined])
  })

  it('are not drawn of what is none, is broken, or would be too large', async () => {
    const broken = (await red(400, 400).png().toBuffer()).subarray(0, 200)
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'
    for (const content of [broken, svg, '%PDF-1.7', '', bomb()]) expect(await drawn(content)).toBeUndefined()
  })

  it('end when they take too long', async () => {
    const hurried = new SharpThumbnails({ timeoutMs: 1 })
    expect(await drawn(await red(400, 400).png().toBuffer(), hurried)).toBeUndefined()
  })
})
