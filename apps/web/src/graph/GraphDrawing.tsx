import type { RecordGraph } from '@oneforge/client'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import classes from './GraphPage.module.css'
import { layoutOf, lineBetween, neighbourAt, nodeHeight, nodeWidth } from './layout.ts'

export type GraphNode = RecordGraph['nodes'][number]

interface GraphDrawingProps {
  graph: RecordGraph
  /** Goes on from another record. */
  onWalk: (node: GraphNode) => void
}

/** The records as cards in columns with lines between them; arrows lead from card to card, Enter goes on from there. */
export function GraphDrawing({ graph, onWalk }: GraphDrawingProps) {
  const { t } = useTranslation('graph')
  const { objects } = useWorkspace()
  const layout = useMemo(() => layoutOf(graph), [graph])
  const frame = useRef<HTMLElement>(null)
  const hint = useId()
  const [current, setCurrent] = useState(graph.nodes[0]?.id ?? '')
  const focused = layout.nodes.has(current) ? current : (graph.nodes[0]?.id ?? '')
  const isLit = ({ from, to }: RecordGraph['edges'][number]) => from === focused || to === focused

  function onKeyDown(event: KeyboardEvent, id: string): void {
    const next = neighbourAt(layout, id, event.key)
    if (!next) return
    event.preventDefault()
    setCurrent(next)
    const card = frame.current?.querySelector<HTMLElement>(`[data-node="${next}"]`)
    card?.focus()
    card?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  return (
    <section className={classes.frame} ref={frame} aria-label={t('drawing')} aria-describedby={hint}>
      <p id={hint} className={classes.hint}>
        {t('hint')}
      </p>
      <div className={classes.canvas} style={{ width: layout.width, height: layout.height }}>
        <svg className={classes.lines} width={layout.width} height={layout.height} aria-hidden>
          {graph.edges.map((edge) => {
            const [from, to] = [layout.nodes.get(edge.from), layout.nodes.get(edge.to)]
            return from && to ? (
              <path
                key={`${edge.from} ${edge.relation} ${edge.to}`}
                d={lineBetween(from, to)}
                data-lit={isLit(edge) || undefined}
              />
            ) : null
          })}
        </svg>
        {graph.edges.filter(isLit).map((edge) => {
          const [from, to] = [layout.nodes.get(edge.from), layout.nodes.get(edge.to)]
          if (!from || !to || from.x === to.x) return null
          const left = (from.x + to.x + nodeWidth) / 2
          const top = (from.y + to.y + nodeHeight) / 2
          return (
            <span
              key={`${edge.from} ${edge.relation} ${edge.to}`}
              className={classes.label}
              style={{ left, top }}
              aria-hidden
            >
              {edge.label}
            </span>
          )
        })}
        {graph.nodes.map((node) => {
          const place = layout.nodes.get(node.id)
          const object = objects.find(({ slug }) => slug === node.object)
          return (
            <button
              key={node.id}
              type="button"
              className={classes.node}
              style={{ left: place?.x, top: place?.y, width: nodeWidth, height: nodeHeight }}
              data-node={node.id}
              data-start={node.depth === 0 || undefined}
              tabIndex={node.id === focused ? 0 : -1}
              onFocus={() => setCurrent(node.id)}
              onMouseEnter={() => setCurrent(node.id)}
              onKeyDown={(event) => onKeyDown(event, node.id)}
              onClick={() => node.depth > 0 && onWalk(node)}
            >
              <ObjectIcon name={object?.icon ?? 'box'} size={15} />
              <span className={classes.names}>
                <span className={classes.title}>{node.title ?? node.recordNumber}</span>
                <span className={classes.object}>{object?.label ?? node.object}</span>
              </span>
            </button>
          )
        })}
      </div>
    </section>
  )
}
