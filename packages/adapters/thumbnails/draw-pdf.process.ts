/** Draws the first page of the PDF that is named, small, to the standard output. Ends with 1 where it cannot. */
import { readFile } from 'node:fs/promises'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import sharp from 'sharp'

/** On the longer side. */
const mostPixels = 320

sharp.concurrency(1)

try {
  const library = await PDFiumLibrary.init()
  const page = (await library.loadDocument(await readFile(process.argv[2]!))).getPage(0)
  const { originalWidth, originalHeight } = page.getOriginalSize()
  const scale = mostPixels / Math.max(originalWidth, originalHeight)
  const { data } = await page.render({
    width: Math.max(1, Math.round(originalWidth * scale)),
    height: Math.max(1, Math.round(originalHeight * scale)),
    render: ({ data: raw, width, height }) =>
      sharp(raw, { raw: { width, height, channels: 4 } })
        .webp({ quality: 75 })
        .toBuffer(),
  })
  process.stdout.write(data)
} catch {
  process.exitCode = 1
}
