import { useDraggable } from '@dnd-kit/core'
import type { CSSProperties, ReactNode } from 'react'

interface DragAreaProps {
  className: string | undefined
  style?: CSSProperties
  children: ReactNode
}

/** Within it anything can be dragged; the context around finds out by the event what it is. */
export function DragArea({ className, style, children }: DragAreaProps) {
  const { setNodeRef, listeners } = useDraggable({ id: 'diary' })
  return (
    <div ref={setNodeRef} className={className} style={style} {...listeners}>
      {children}
    </div>
  )
}
