import { describe, expect, it } from 'vitest'
import { pngOf } from './files.ts'

const band = (height: number) => ({
  svg: `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="${height}"></svg>`,
  height,
})
const picture = (heights: number[]) => ({ title: 'Board', subtitle: 'All time', bands: heights.map(band) })
/** As a PNG says it itself. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)] as const

describe('a dashboard as a PNG', () => {
  it('has two dots for a pixel', async () => {
    expect(sizeOf(await pngOf(picture([400])))[0]).toBe(2_400)
  })

  it('is drawn coarser the taller it is', async () => {
    const [width, height] = sizeOf(await pngOf(picture(Array(10).fill(1_000))))
    expect(width).toBeLessThan(2_400)
    expect(width * height).toBeLessThanOrEqual(16_100_000)
  })

  it('is refused where it would be too tall, with the way that is left', async () => {
    await expect(pngOf(picture(Array(40).fill(3_000)))).rejects.toThrow(
      expect.objectContaining({ code: 'VALIDATION_ERROR', details: [expect.objectContaining({ field: 'format' })] }),
    )
  })
})
