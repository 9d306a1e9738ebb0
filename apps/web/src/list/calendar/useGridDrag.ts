import {
  type DndContextProps,
  type DragMoveEvent,
  type DragStartEvent,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { type Dispatch, type RefObject, type SetStateAction, useRef } from 'react'
import { type Draft, draftOf, drawn, inColumn, isSameDraft, movedBy, newDraft, slotAt, stretchedBy } from './draft.ts'
import type { Entry } from './entries.ts'
import { toMinutes } from './layout.ts'

interface GridDragProps {
  /** Holds the columns, marked by `data-column`. */
  grid: RefObject<HTMLElement | null>
  columns: { day: string }[]
  entries: Entry[]
  may: { create: boolean; move: boolean; stretch: boolean }
  setDraft: Dispatch<SetStateAction<Draft | undefined>>
  onPut: (draft: Draft) => void
}

/** What was taken hold of. */
interface Grip {
  kind: 'move' | 'stretch' | 'create'
  draft: Draft
}

/** Parts of the grid's size, from its edges, in which it scrolls along: the heads, and little more. As fast as one reads hours. */
const scrollAlong = { threshold: { x: 0.05, y: 0.12 }, acceleration: 3 }

/** A finger has to rest before it takes something, so that it can scroll as well. */
export const restOfFinger = { delay: 250, tolerance: 6 }

/**
 * Dragging on the grid: entries are moved, their lower edge stretches them, on empty space something new is drawn. The
 * grid is the one thing that dnd-kit knows of, since it takes seconds to begin with a thousand: what is meant is told by
 * where the pointer went down.
 */
export function useGridDrag(props: GridDragProps): DndContextProps {
  const { grid, columns, entries, may, setDraft, onPut } = props
  const begun = useRef<Grip>(undefined)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: restOfFinger }),
  )

  function onDragStart({ activatorEvent }: DragStartEvent): void {
    begun.current = gripAt(activatorEvent)
    setDraft(begun.current?.draft)
  }

  function gripAt(event: Event): Grip | undefined {
    const target = event.target as Element
    const column = Number(target.closest<HTMLElement>('[data-column]')?.dataset.column)
    const id = target.closest<HTMLElement>('[data-entry]')?.dataset.entry
    const entry = entries.find(({ record }) => record.id === id)
    if (entry) {
      const kind = target.closest('[data-edge]') ? 'stretch' : 'move'
      // What began the day before is taken where it begins.
      const isBeginning = entry.isBar || entry.from.day === columns[column]?.day
      return may[kind] && isBeginning ? { kind, draft: draftOf(entry, column) } : undefined
    }
    if (!may.create || !target.closest('[data-free]')) return undefined
    return { kind: 'create', draft: newDraft(column, slotAt(pointerY(event) - topOf(grid.current, column))) }
  }

  function onDragMove({ delta }: DragMoveEvent): void {
    if (!begun.current) return
    const next = dragged(begun.current, delta)
    setDraft((before) => (isSameDraft(before, next) ? before : next))
  }

  function dragged({ kind, draft: from }: Grip, delta: DragMoveEvent['delta']): Draft {
    const minutes = toMinutes(delta.y)
    if (kind === 'create') return drawn(from, minutes)
    if (kind === 'stretch') return stretchedBy(from, minutes)
    return movedAcross(from.entry?.isBar ? from : movedBy(from, minutes), delta.x, grid.current)
  }

  /** What was drawn last may be a step behind: where the pointer was let go counts. */
  function end(delta?: DragMoveEvent['delta']): void {
    if (delta && begun.current) onPut(dragged(begun.current, delta))
    begun.current = undefined
    setDraft(undefined)
  }

  return {
    sensors,
    autoScroll: scrollAlong,
    onDragStart,
    onDragMove,
    onDragEnd: ({ delta }) => end(delta),
    onDragCancel: () => end(),
    // The diary tells times by itself, whichever way something is moved.
    accessibility: { announcements: silent },
  }
}

/** The column under the middle of what is dragged. */
function movedAcross(draft: Draft, pixels: number, grid: HTMLElement | null): Draft {
  const columns = columnsOf(grid)
  const own = columns[draft.column]
  if (!own) return draft
  const middle = own.offsetLeft + own.offsetWidth / 2 + pixels
  const beyond = columns.findIndex((column) => middle < column.offsetLeft + column.offsetWidth)
  return inColumn(draft, beyond < 0 ? columns.length - 1 : beyond, columns.length)
}

export const columnsOf = (grid: HTMLElement | null): HTMLElement[] => [
  ...(grid?.querySelectorAll<HTMLElement>('[data-column]') ?? []),
]

const topOf = (grid: HTMLElement | null, column: number): number =>
  columnsOf(grid)[column]?.getBoundingClientRect().top ?? 0

function pointerY(event: Event): number {
  return 'touches' in event ? (event as TouchEvent).touches[0]!.clientY : (event as MouseEvent).clientY
}

const nothing = () => undefined
/** Announcements of dnd-kit, which name things by their ids. */
export const silent = { onDragStart: nothing, onDragOver: nothing, onDragEnd: nothing, onDragCancel: nothing }
