import type { DashboardFigures, ObjectMeta, Widget } from '@oneforge/client'
import type { CSSProperties } from 'react'
import classes from './Board.module.css'
import { gap, inReadingOrder, rowHeight } from './places.ts'
import { WidgetFrame } from './WidgetFrame.tsx'

interface BoardGridProps {
  widgets: Widget[]
  figures: DashboardFigures | undefined
  objects: Map<string, ObjectMeta>
}

/** The board as it is read: on phones one widget below the other. */
export function BoardGrid({ widgets, figures, objects }: BoardGridProps) {
  const measures = { '--row': `${rowHeight}px`, '--gap': `${gap}px` } as CSSProperties
  return (
    <div className={classes.grid} style={measures}>
      {inReadingOrder(widgets).map((widget) => (
        <div key={widget.key} className={classes.place} style={placeStyle(widget)}>
          <WidgetFrame
            widget={widget}
            answer={figures?.widgets.find(({ key }) => key === widget.key)}
            object={objects.get(widget.object ?? '')}
            range={figures?.range ?? null}
          />
        </div>
      ))}
    </div>
  )
}

function placeStyle({ position: { x, y, w, h } }: Widget): CSSProperties {
  return { '--x': x + 1, '--y': y + 1, '--w': w, '--h': h } as CSSProperties
}
