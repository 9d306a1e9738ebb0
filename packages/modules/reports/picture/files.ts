/** Pictures of dashboards as files: a PNG, or a PDF whose pages are cut between the widgets. */
import { Resvg } from '@resvg/resvg-js'
import pdfmake from 'pdfmake'
import roboto from 'pdfmake/fonts/Roboto.js'
import { type BoardPicture, boardWidth, wholeSvg } from './board.ts'

const faces = roboto.Roboto!
const fontFiles = Object.values(faces)

// Nothing that stands in a dashboard may make the server open a file or an address, the fonts aside.
pdfmake.setFonts(roboto)
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => fontFiles.includes(path))

/** Sharp also on screens that have two dots for a pixel. */
const dotsPerPixel = 2

/** The fonts of this machine stay out of it: a picture looks the same everywhere. */
export function pngOf(picture: BoardPicture): Buffer {
  const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Roboto' }
  return new Resvg(wholeSvg(picture), { font, fitTo: { mode: 'width', value: boardWidth * dotsPerPixel } })
    .render()
    .asPng()
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
