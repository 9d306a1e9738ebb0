import type { MetricData } from '@oneforge/client'
import { numberOf } from '../figureText.ts'
import classes from './Metric.module.css'

const [width, height, edge] = [100, 28, 2]

/** How a figure went, as one line without axes; the table of the widget has the figures. */
export function Sparkline({ points }: { points: MetricData['points'] }) {
  const values = points.map(({ value }) => numberOf(value) ?? 0)
  if (values.length < 2) return null
  const [least, most] = [Math.min(0, ...values), Math.max(...values)]
  const line = values.map((value, index) => {
    const x = (index / (values.length - 1)) * width
    const y = height - edge - ((value - least) / (most - least || 1)) * (height - 2 * edge)
    return `${x.toFixed(2)},${y.toFixed(2)}`
  })
  return (
    <svg className={classes.sparkline} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden>
      <polygon points={`0,${height} ${line.join(' ')} ${width},${height}`} />
      <polyline points={line.join(' ')} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
