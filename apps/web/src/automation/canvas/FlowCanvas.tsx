import '@xyflow/react/dist/base.css'
import { useComputedColorScheme } from '@mantine/core'
import { type NodeChange, ReactFlow, type ReactFlowInstance } from '@xyflow/react'
import { type ReactNode, useEffect, useEffectEvent, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Flow, Place } from '../flow/flow.ts'
import { layoutOf, type Mark, placeNear } from '../flow/layout.ts'
import { mayMove } from '../flow/tree.ts'
import classes from './canvas.module.css'
import { CanvasContext, type CanvasState } from './canvasContext.ts'
import { type MarkNode, nodeTypes } from './cards.tsx'
import { edgeTypes, type InsertEdge } from './InsertLine.tsx'
import { cardOf, type FlowCommands, useCanvasKeys } from './useCanvasKeys.ts'
import { ZoomButtons } from './ZoomButtons.tsx'

interface FlowCanvasProps extends Omit<CanvasState, 'target'> {
  flow: Flow
  commands?: FlowCommands
  onMove?: (id: string, place: Place) => void
  /** What the last act did, for who hears the page. */
  said?: string
  children?: ReactNode
}

/** Below the first no word can be read; what is only looked at is shown whole, as its words stand beside it too. */
const smallest = { editable: 0.6, shown: 0.38 }
const margin = 28

/** The workflow as cards from top to bottom, which arrows walk through and which can be dragged to where they belong. */
export function FlowCanvas({ flow, commands, onMove, said, children, ...state }: FlowCanvasProps) {
  const { t } = useTranslation('automation')
  const { selected, editable } = state
  const hint = useId()
  const scheme = useComputedColorScheme('light')
  const frame = useRef<HTMLElement>(null)
  const [view, setView] = useState<ReactFlowInstance<MarkNode, InsertEdge>>()
  const [dragged, setDragged] = useState<{ id: string; x: number; y: number }>()
  const layout = useMemo(() => layoutOf(flow), [flow])
  const target =
    dragged && placeNear(layout, middleOf(layout.marks, dragged), (place) => mayMove(flow.steps, dragged.id, place))
  const nodes = useMemo(
    () => layout.marks.map((mark) => nodeOf(mark, editable, dragged?.id === mark.id ? dragged : undefined)),
    [layout, dragged, editable],
  )
  const edges = useMemo<InsertEdge[]>(
    () => layout.lines.map(({ id, from, to, place }) => ({ ...silent, id, source: from, target: to, data: { place } })),
    [layout],
  )
  const onKeyDown = useCanvasKeys({ layout, state, commands, frame })
  const least = editable ? smallest.editable : smallest.shown
  const zoomFor = (width: number) => Math.min(1, Math.max(least, (width - margin * 2) / layout.width))
  useCentring(view, frame, (zoom, before, width) => (!editable && zoom === zoomFor(before) ? zoomFor(width) : zoom))
  const awaited = useFocus(frame, selected)
  useFollowing(
    view,
    frame,
    layout.marks.find(({ id }) => id === selected),
  )

  /** A dialog that closes gives the focus back to the card that it was called from, which is not chosen thereby. */
  function select(id: string): void {
    if (awaited.current === undefined || awaited.current === id) state.select(id)
  }

  function follow(changes: NodeChange<MarkNode>[]): void {
    for (const change of changes) {
      if (change.type === 'position' && change.dragging && change.position)
        setDragged({ id: change.id, ...change.position })
    }
  }

  function drop(): void {
    if (dragged && target) onMove?.(dragged.id, target)
    setDragged(undefined)
  }

  function begin(instance: ReactFlowInstance<MarkNode, InsertEdge>): void {
    setView(instance)
    const width = frame.current?.clientWidth ?? 0
    const zoom = zoomFor(width)
    const trigger = layout.marks[0]
    const middle = trigger ? trigger.x + trigger.width / 2 : 0
    void instance.setViewport({ x: width / 2 - middle * zoom, y: margin, zoom })
  }

  return (
    <CanvasContext value={{ ...state, select, target }}>
      <section
        ref={frame}
        className={classes.frame}
        aria-label={t('canvas.label')}
        aria-describedby={hint}
        onKeyDown={onKeyDown}
        onCopy={(event) => commands?.copy(event.nativeEvent)}
        onCut={(event) => commands?.cut(event.nativeEvent)}
        onPaste={(event) => commands?.paste(event.nativeEvent)}
      >
        <p id={hint} className={classes.hidden}>
          {t(editable ? 'canvas.hint' : 'canvas.hintRead')}
        </p>
        <output className={classes.hidden} aria-live="polite">
          {said}
        </output>
        <ReactFlow<MarkNode, InsertEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          colorMode={scheme}
          onInit={begin}
          onNodesChange={follow}
          onNodeDragStop={drop}
          nodesDraggable={editable}
          nodeDragThreshold={6}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          panOnScroll
          zoomOnDoubleClick={false}
          minZoom={0.3}
          maxZoom={1.5}
          dir="ltr"
        >
          <ZoomButtons />
        </ReactFlow>
        {children}
      </section>
    </CanvasContext>
  )
}

/** Lines say nothing that the order of the cards does not. */
const silent = { type: 'insert', domAttributes: { 'aria-hidden': true } } as const

function nodeOf(mark: Mark, editable: boolean, at: { x: number; y: number } | undefined): MarkNode {
  const { id, kind, width, height } = mark
  return {
    id,
    type: kind,
    position: at ? { x: at.x, y: at.y } : { x: mark.x, y: mark.y },
    data: { mark },
    width,
    height,
    measured: { width, height },
    draggable: editable && kind === 'step',
    // Without it cards that are not dragged could not be pressed either.
    style: { pointerEvents: 'all' },
    ariaRole: 'presentation',
    domAttributes: { 'aria-roledescription': '' },
    zIndex: at ? 10 : 0,
  }
}

function middleOf(marks: Mark[], { id, x, y }: { id: string; x: number; y: number }): { x: number; y: number } {
  const mark = marks.find((one) => one.id === id)
  return { x: x + (mark?.width ?? 0) / 2, y }
}

/** What an act has selected has the focus, where the card that it was done on had it; answers which is about to have it. */
function useFocus(frame: { current: HTMLElement | null }, selected: string): { current: string | undefined } {
  const before = useRef(selected)
  const awaited = useRef<string>(undefined)
  useEffect(() => {
    const { activeElement } = document
    const isHere = activeElement === document.body || frame.current?.contains(activeElement)
    if (before.current === selected || !isHere) return
    before.current = selected
    // The card of a new step is drawn a moment later than the canvas itself.
    awaited.current = selected
    const soon = requestAnimationFrame(() => {
      awaited.current = undefined
      cardOf(frame.current, selected)?.focus({ preventScroll: true })
    })
    return () => {
      awaited.current = undefined
      cancelAnimationFrame(soon)
    }
  }, [frame, selected])
  return awaited
}

/**
 * Where the canvas becomes wider or narrower, its middle stays in the middle.
 *
 * @param zoomAfter the zoom after the canvas had the one and has the other width.
 */
function useCentring(
  view: ReactFlowInstance<MarkNode, InsertEdge> | undefined,
  frame: { current: HTMLElement | null },
  zoomAfter: (zoom: number, before: number, width: number) => number,
): void {
  const follow = useEffectEvent((before: number, width: number) => {
    if (!view || before === width) return
    const { x, y, zoom } = view.getViewport()
    const next = zoomAfter(zoom, before, width)
    const ratio = next / zoom
    void view.setViewport({ x: width / 2 + (x - before / 2) * ratio, y: margin + (y - margin) * ratio, zoom: next })
  })
  useEffect(() => {
    const box = frame.current
    if (!view || !box) return
    let before = box.clientWidth
    const watch = new ResizeObserver(() => {
      follow(before, box.clientWidth)
      before = box.clientWidth
    })
    watch.observe(box)
    return () => watch.disconnect()
  }, [view, frame])
}

/** Keeps what is selected in sight. */
function useFollowing(
  view: ReactFlowInstance<MarkNode, InsertEdge> | undefined,
  frame: { current: HTMLElement | null },
  mark: Mark | undefined,
): void {
  const latest = useRef(mark)
  latest.current = mark
  const id = mark?.id
  useEffect(() => {
    const [at, box] = [latest.current, frame.current]
    if (!view || !box || !at || at.id !== id) return
    const { x, y, zoom } = view.getViewport()
    const shift = (start: number, size: number, room: number) =>
      start < margin ? margin - start : Math.min(0, room - margin - start - size)
    const dx = shift(at.x * zoom + x, at.width * zoom, box.clientWidth)
    const dy = shift(at.y * zoom + y, at.height * zoom, box.clientHeight)
    if (dx !== 0 || dy !== 0) void view.setViewport({ x: x + dx, y: y + dy, zoom })
  }, [view, frame, id])
}
