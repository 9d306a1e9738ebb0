import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import type { Place } from '../flow/flow.ts'
import { addBelow } from '../flow/layout.ts'
import classes from './canvas.module.css'
import { samePlace, useCanvas } from './canvasContext.ts'
import { AddButton } from './cards.tsx'

export type InsertEdge = Edge<{ place?: Place | undefined }>

function InsertLine({ source, sourceX, sourceY, target: end, targetX, targetY, data }: EdgeProps<InsertEdge>) {
  const { editable, overlay, words, add, target } = useCanvas()
  const place = data?.place
  const way = overlay.ways?.get(source) ?? overlay.ways?.get(end)
  const path = pathBetween({ x: sourceX, y: sourceY }, { x: targetX, y: targetY })
  return (
    <>
      <BaseEdge path={path} className={classes.line ?? ''} data-way={way} />
      {editable && place && (
        <EdgeLabelRenderer>
          <div
            className={`${classes.addPlace} nopan nodrag`}
            style={{ transform: `translate(-50%, -50%) translate(${sourceX}px, ${sourceY + addBelow}px)` }}
          >
            <AddButton label={words.adding(place)} onAdd={() => add(place)} isTarget={samePlace(place, target)} />
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
}

interface Point {
  x: number
  y: number
}

/** How far above its end a line turns: those that come together do it close to each other. */
const turnAbove = 11
const radius = 8

/** Straight down, and once around two corners where it ends beside where it begins. */
function pathBetween(from: Point, to: Point): string {
  if (Math.abs(from.x - to.x) < 1) return `M ${from.x} ${from.y} V ${to.y}`
  const y = Math.max(from.y + radius, to.y - turnAbove)
  const side = to.x > from.x ? 1 : -1
  return [
    `M ${from.x} ${from.y}`,
    `V ${y - radius}`,
    `Q ${from.x} ${y} ${from.x + side * radius} ${y}`,
    `H ${to.x - side * radius}`,
    `Q ${to.x} ${y} ${to.x} ${y + radius}`,
    `V ${to.y}`,
  ].join(' ')
}

export const edgeTypes = { insert: InsertLine }
