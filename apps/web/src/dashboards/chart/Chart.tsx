import { useComputedColorScheme, useMantineTheme } from '@mantine/core'
import { useMergedRef, useReducedMotion, useResizeObserver } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import classes from './Chart.module.css'
import { chartOption } from './chartOption.ts'
import { paletteOf } from './colors.ts'
import { init } from './drawing.ts'
import type { Plot } from './plot.ts'

interface ChartProps {
  plot: Plot
  /** What it shows in one sentence, for those who do not see it. */
  description: string
  short: (value: number | null) => string
  edge: (value: number) => string
  exact: (series: number, category: number) => string
  /** Somebody wants to see what is behind a mark; `apart` as in a tab of its own. */
  onOpen: (series: number, category: number, apart: boolean) => void
}

/** Drawn as SVG in the room there is, in the colours of the page. What keys and readers need stands in the table instead. */
export default function Chart({ plot, description, short, edge, exact, onOpen }: ChartProps) {
  const theme = useMantineTheme()
  const scheme = useComputedColorScheme('light')
  const isStill = useReducedMotion()
  const frame = useRef<HTMLDivElement>(null)
  const [observe, { width, height }] = useResizeObserver<HTMLDivElement>()
  const ref = useMergedRef(frame, observe)
  const chart = useRef<ReturnType<typeof init>>(undefined)
  const latest = useRef(onOpen)
  latest.current = onOpen
  const hasRoom = width > 0 && height > 0

  useEffect(() => {
    if (!hasRoom || !frame.current) return
    const drawn = init(frame.current, null, { renderer: 'svg' })
    chart.current = drawn
    drawn.on('mouseup', ({ seriesIndex = 0, dataIndex, event }) => {
      const pressed = event?.event as unknown as MouseEvent | undefined
      if (!pressed || pressed.button > 1) return
      latest.current(seriesIndex, dataIndex, pressed.button === 1 || pressed.ctrlKey || pressed.metaKey)
    })
    return () => {
      chart.current = undefined
      drawn.dispose()
    }
  }, [hasRoom])

  useEffect(() => {
    chart.current?.resize({ width, height })
  }, [width, height])

  useEffect(() => {
    if (!hasRoom) return
    const palette = paletteOf(theme.colors, scheme === 'dark')
    const look = {
      palette,
      short,
      edge,
      exact,
      width,
      height,
      isMoving: !isStill,
      fontFamily: theme.fontFamily ?? 'sans-serif',
    }
    chart.current?.setOption(chartOption(plot, look), { notMerge: true })
  }, [plot, short, edge, exact, hasRoom, width, height, scheme, theme, isStill])

  return <div ref={ref} className={classes.chart} role="img" aria-label={description} />
}
