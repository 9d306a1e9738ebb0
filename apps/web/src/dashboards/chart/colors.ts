/** The colours that figures are drawn in. */
import type { MantineColorsTuple } from '@mantine/core'
import type { OptionColor } from '@oneforge/client'

/** In the order in which series and slices without a colour of their own get theirs: neighbours are told apart. */
export const seriesColors: OptionColor[] = [
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

export interface Palette {
  /** The colour of an option, or of the place in the order. */
  of: (color: OptionColor | null | undefined, place: number) => string
  text: string
  dimmed: string
  line: string
  ground: string
}

/** As the page is drawn now: its own surfaces come from page.css, which only the document knows. */
export function paletteOf(colors: Record<string, MantineColorsTuple>, isDark: boolean): Palette {
  const shade = isDark ? 5 : 6
  const surface = getComputedStyle(document.documentElement)
  const value = (name: string) => surface.getPropertyValue(name).trim()
  return {
    of: (color, place) => {
      const name = color ?? seriesColors[place % seriesColors.length] ?? 'indigo'
      return colors[name]?.[name === 'gray' ? shade - 1 : shade] ?? '#888888'
    },
    text: value('--mantine-color-text'),
    dimmed: value('--mantine-color-dimmed'),
    line: value('--of-line'),
    ground: value('--mantine-color-body'),
  }
}
