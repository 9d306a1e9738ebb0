import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react'
import type { Place } from '../flow/flow.ts'
import { addBelow } from '../flow/layout.ts'
import classes from './canvas.module.css'
import { samePlace, useCanvas } from './canvasContext.ts'
import { AddButton } from './cards.tsx'

export type InsertEdge = Edge<{ place?: Place | undefined }>

/** Above where lines end that come together, so that they do it close to each other. */
const turnAbove = 10

function InsertLine({
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
  data,
}: EdgeProps<InsertEdge>) {
  const { editable, add, target } = useCanvas()
  const place = data?.place
  const [path] = getSmoothStepPath({
    ...{ sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition },
    centerY: targetY - turnAbove,
    borderRadius: 8,
  })
  return (
    <>
      <BaseEdge path={path} className={classes.line ?? ''} />
      {editable && place && (
        <EdgeLabelRenderer>
          <div
            className={`${classes.addPlace} nopan nodrag`}
            style={{ transform: `translate(-50%, -50%) translate(${sourceX}px, ${sourceY + addBelow}px)` }}
          >
            <AddButton onAdd={() => add(place)} isTarget={samePlace(place, target)} />
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
}

export const edgeTypes = { insert: InsertLine }
