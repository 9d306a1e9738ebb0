/** Pictures of dashboards as files: a PNG, or a PDF whose pages are cut between the widgets. */
import { validationError } from '@oneforge/kernel/errors'
import { renderAsync } from '@resvg/resvg-js'
import pdfmake from 'pdfmake'
import roboto from 'pdfmake/fonts/Roboto.js'
import { type BoardPicture, boardWidth, wholeHeight, wholeSvg } from './board.ts'

const faces = roboto.Roboto!
const fontFiles = Object.values(faces)

// Nothing that stands in a dashboard may make the server open a file or an address, the fonts aside.
pdfmake.setFonts(roboto)
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => fontFiles.includes(path))

/** Sharp also on screens that have two dots for a pixel. */
const dotsPerPixel = 2
/** A dot takes four bytes while it is drawn, and packing it holds up everybody else. */
const mostDots = 16_000_000
/** With fewer dots nobody could read it. */
const fewestDotsPerPixel = 0.75

/**
 * Drawn beside what the server does otherwise. The fonts of this machine stay out of it: a picture looks the same
 * everywhere.
 *
 * @throws VALIDATION_ERROR where the dashboard is too tall for one picture.
 */
export async function pngOf(picture: BoardPicture): Promise<Buffer> {
  const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Roboto' }
  const value = Math.floor(boardWidth * dotsFor(picture))
  const image = await renderAsync(wholeSvg(picture), { font, fitTo: { mode: 'width', value } })
  return image.asPng()
}

/** The taller a dashboard, the coarser its picture. */
function dotsFor(picture: BoardPicture): number {
  const dots = Math.min(dotsPerPixel, Math.sqrt(mostDots / (boardWidth * wholeHeight(picture))))
  if (dots >= fewestDotsPerPixel) return dots
  const message = 'The dashboard is too tall for one picture. Export it as a PDF, which has pages.'
  throw validationError([{ field: 'format', message: 'must be pdf for a dashboard so tall' }], message)
}

/** Points of a landscape A4 page between its margins. */
const page = { width: 841.89 - 2 * 28, height: 595.28 - 2 * 28 - 40 }

export function pdfOf({ title, subtitle, bands }: BoardPicture): Promise<Buffer> {
  const scale = page.width / boardWidth
  const content = bands.map(({ svg, height }) => {
    // A band higher than a page is made as small as one.
    const width = page.width * Math.min(1, page.height / (height * scale))
    return { svg, width, margin: [0, 0, 0, 8], unbreakable: true }
  })
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageOrientation: 'landscape',
      pageMargins: [28, 28, 28, 28],
      info: { title },
      defaultStyle: { font: 'Roboto', fontSize: 9 },
      footer: (current: number, count: number) => ({
        text: `${current} / ${count}`,
        alignment: 'center',
        color: '#868e96',
        fontSize: 8,
      }),
      content: [
        { text: title, fontSize: 15, bold: true },
        { text: subtitle, color: '#868e96', margin: [0, 2, 0, 10] },
        ...content,
      ],
    })
    .getBuffer()
}
