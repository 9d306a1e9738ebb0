/** Pieces of SVG: text that is escaped and cut to its width, in the light colours of the page. */

export const palette: Record<string, string> = {
  gray: '#868e96',
  red: '#fa5252',
  pink: '#e64980',
  grape: '#be4bdb',
  violet: '#7950f2',
  indigo: '#4c6ef5',
  blue: '#228be6',
  cyan: '#15aabf',
  teal: '#12b886',
  green: '#40c057',
  lime: '#82c91e',
  yellow: '#fab005',
  orange: '#fd7e14',
}
/** In the order in which series and slices without a colour of their own get theirs. */
const inOrder = [
  'indigo',
  'teal',
  'orange',
  'grape',
  'cyan',
  'pink',
  'lime',
  'blue',
  'red',
  'green',
  'violet',
  'yellow',
]

export const colorAt = (color: string | null | undefined, place: number): string =>
  palette[color ?? ''] ?? palette[inOrder[place % inOrder.length]!]!

export const ink = '#212529'
export const dimmed = '#868e96'
export const line = '#dee2e6'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Characters that no XML may hold are left out. */
export const escaped = (text: string): string =>
  [...text]
    .filter((character) => character >= ' ' || character === '\t')
    .join('')
    .replace(/[&<>"']/g, (character) => entities[character]!)

/** Of Roboto, as a share of its size: what a character takes on an average. */
const usualWidth = 0.54

export const widthOf = (text: string, size: number): number => [...text].length * size * usualWidth

/** With an ellipsis, where it is too long for so many pixels. */
export function cut(text: string, size: number, width: number): string {
  const most = Math.max(1, Math.floor(width / (size * usualWidth)))
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

export interface TextStyle {
  size?: number
  bold?: boolean
  color?: string
  anchor?: 'start' | 'middle' | 'end'
  /** Pixels that it may take. */
  width?: number
}

/** One line of text, its foot at `y`. */
export function textAt(x: number, y: number, text: string, style: TextStyle = {}): string {
  const { size = 13, bold = false, color = ink, anchor = 'start', width } = style
  const shown = width === undefined ? text : cut(text, size, width)
  const weight = bold ? ' font-weight="bold"' : ''
  return `<text x="${round(x)}" y="${round(y)}" font-family="Roboto" font-size="${size}"${weight} fill="${color}" text-anchor="${anchor}">${escaped(shown)}</text>`
}

export const rectangle = ({ x, y, width, height }: Box, fill: string, more = ''): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(Math.max(0, height))}" fill="${fill}" ${more}/>`

const round = (number: number): number => Math.round(number * 10) / 10
