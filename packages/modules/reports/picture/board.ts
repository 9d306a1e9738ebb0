/** A whole dashboard as SVG: its widgets on the grid of twelve columns, in bands that a page may be cut between. */
import { inLocale } from '@oneforge/kernel/metadata'
import type { DashboardDefinition, WidgetDefinition } from '@oneforge/templates'
import type { Figures, WidgetFigures } from '../figures.service.ts'
import { type Box, dimmed, line, rectangle, textAt } from './svg.ts'
import { widgetSvg } from './widgets.ts'
import { Writer } from './words.ts'

/** Pixels, as on the page. */
export const boardWidth = 1_200
const margin = 24
const gap = 12
const rowHeight = 50
const padding = 14
const titleHeight = 30
const headHeight = 64

export interface Seer {
  name: string
  locale: string
}

export interface BoardPicture {
  title: string
  /** The range, when it was and who saw it. */
  subtitle: string
  bands: { svg: string; height: number }[]
}

/** Widgets whose rows overlap stand in one band, from above. */
export function bandsOf(widgets: WidgetDefinition[]): WidgetDefinition[][] {
  const bands: { until: number; widgets: WidgetDefinition[] }[] = []
  for (const widget of widgets.toSorted((a, b) => a.position.y - b.position.y || a.position.x - b.position.x)) {
    const { y, h } = widget.position
    const last = bands.at(-1)
    if (last && y < last.until) {
      last.widgets.push(widget)
      last.until = Math.max(last.until, y + h)
    } else bands.push({ until: y + h, widgets: [widget] })
  }
  return bands.map((band) => band.widgets)
}

export function boardPicture(definition: DashboardDefinition, figures: Figures, { name, locale }: Seer): BoardPicture {
  const writer = new Writer(locale, figures.timeZone)
  const shown = new Map(figures.widgets.map((widget) => [widget.key, widget]))
  const moment = `${writer.moment(figures.at)} (${figures.timeZone})`
  return {
    title: inLocale(definition.label, locale),
    subtitle: `${writer.days(figures.range)} · ${writer.words.seenBy(name, moment)}`,
    bands: bandsOf(definition.widgets).map((widgets) => band(widgets, shown, locale, writer)),
  }
}

function band(widgets: WidgetDefinition[], shown: Map<string, WidgetFigures>, locale: string, writer: Writer) {
  const top = Math.min(...widgets.map(({ position }) => position.y))
  const bottom = Math.max(...widgets.map(({ position }) => position.y + position.h))
  const height = (bottom - top) * (rowHeight + gap) - gap
  const parts = widgets.map((widget) => {
    const box = boxOf(widget.position, top)
    const title = textAt(box.x + padding, box.y + 22, inLocale(widget.title, locale), {
      bold: true,
      width: box.width - 2 * padding,
    })
    const inside = {
      x: box.x + padding,
      y: box.y + titleHeight + 6,
      width: box.width - 2 * padding,
      height: box.height - titleHeight - padding,
    }
    const figures = shown.get(widget.key)
    const frame = rectangle(box, '#ffffff', `stroke="${line}" rx="8"`)
    return frame + title + (figures ? widgetSvg(widget, figures, inside, writer) : '')
  })
  return { svg: svgOf(parts.join(''), height), height }
}

function boxOf({ x, y, w, h }: WidgetDefinition['position'], top: number): Box {
  const column = (boardWidth - 2 * margin + gap) / 12
  return {
    x: margin + x * column,
    y: (y - top) * (rowHeight + gap),
    width: w * column - gap,
    height: h * (rowHeight + gap) - gap,
  }
}

const svgOf = (inside: string, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${boardWidth}" height="${height}" viewBox="0 0 ${boardWidth} ${height}">${inside}</svg>`

/** All of it as one picture. */
export function wholeSvg({ title, subtitle, bands }: BoardPicture): string {
  let y = headHeight
  const placed = bands.map(({ svg, height }) => {
    const part = svg.replace('<svg ', `<svg x="0" y="${y}" `)
    y += height + gap
    return part
  })
  const head =
    textAt(margin, 30, title, { size: 20, bold: true, width: boardWidth - 2 * margin }) +
    textAt(margin, 50, subtitle, { size: 12, color: dimmed, width: boardWidth - 2 * margin })
  const height = wholeHeight({ bands })
  return svgOf(rectangle({ x: 0, y: 0, width: boardWidth, height }, '#f8f9fa') + head + placed.join(''), height)
}

/** Of that picture, in pixels. */
export const wholeHeight = ({ bands }: Pick<BoardPicture, 'bands'>): number =>
  bands.reduce((sum, { height }) => sum + height + gap, headHeight) + margin - gap
