import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pdfOf } from './pdf.fixture.ts'
import { ProcessThumbnails } from './process-thumbnails.ts'

let directory: string
const thumbnails = new ProcessThumbnails()
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneforge-thumbnails-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function drawn(
  content: Uint8Array | string,
  { type = 'image/png', drawer = thumbnails } = {},
): Promise<Uint8Array | undefined> {
  const path = join(directory, crypto.randomUUID())
  await writeFile(path, content)
  return drawer.draw(path, type)
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
    const hurried = new ProcessThumbnails({ timeoutMs: 1 })
    expect(await drawn(await red(400, 400).png().toBuffer(), { drawer: hurried })).toBeUndefined()
  })
})

describe('small pictures of PDF', () => {
  const pdf = (content: Uint8Array | string, drawer = thumbnails) => drawn(content, { type: 'application/pdf', drawer })
  const redBox = '0.8 0.1 0.1 rg 0 0 595 842 re f'
  /** A picture of a few bytes that says it is 60,000 pixels wide and high. */
  const claiming = `<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB
    /BitsPerComponent 8 /Filter /RunLengthDecode /Length 3 >>\nstream\n\x81\xff\x80\nendstream`
  const drawsItself =
    '<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 5 >>'

  it('show their first page, on white, in its proportions', async () => {
    const half = '0.8 0.1 0.1 rg 0 421 595 421 re f'
    const image = sharp(await pdf(pdfOf(half)))
    const { format, width, height } = await image.metadata()
    expect([format, width, height]).toEqual(['webp', 226, 320])
    const { data } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const [red1, green1] = data.subarray((20 * 226 + 100) * 3)
    const [red2, green2] = data.subarray((300 * 226 + 100) * 3)
    expect([red1! > 180, green1! < 60, red2! > 250, green2! > 250]).toEqual([true, true, true, true])
  })

  it('are as small of a page that says it is enormous', async () => {
    const { width, height } = await sharp(await pdf(pdfOf(redBox, { width: 200_000, height: 100_000 }))).metadata()
    expect([width, height]).toEqual([320, 160])
  })

  it('are not drawn of what is none, is broken, or has no page', async () => {
    const encrypted = pdfOf(redBox).toString('latin1').replace('/Root 1 0 R', '/Root 1 0 R /Encrypt << /V 9 >>')
    for (const content of ['', '%PDF-1.7', encrypted, await red(9, 9).png().toBuffer()])
      expect(await pdf(content)).toBeUndefined()
  })

  it('cost only so much, whatever the page holds: the process ends, drawn or not', async () => {
    const hurried = new ProcessThumbnails({ timeoutMs: 1_500 })
    const hostile = [
      pdfOf('600 0 0 800 0 0 cm /X Do', { resources: '<< /XObject << /X 5 0 R >> >>', objects: [claiming] }),
      pdfOf('/X Do', {
        resources: '<< /XObject << /X 5 0 R >> >>',
        objects: [`${drawsItself}\nstream\n/X Do\nendstream`],
      }),
      pdfOf('0 0 m 9 9 l 0 0 9 9 re S '.repeat(400_000)),
    ]
    const began = performance.now()
    await Promise.all(hostile.map((content) => pdf(content, hurried)))
    expect(performance.now() - began).toBeLessThan(15_000)
  })
})
