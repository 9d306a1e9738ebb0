import type { DashboardFigures, ObjectMeta, Widget } from '@oneforge/client'

/** What there is to arrange, and what can be done with it. */
export interface Arrangement {
  widgets: Widget[]
  figures: DashboardFigures | undefined
  objects: Map<string, ObjectMeta>
  onArrange: (arrange: (widgets: Widget[]) => Widget[]) => void
  onEdit: (widget: Widget) => void
  onDuplicate: (widget: Widget) => void
  onRemove: (widget: Widget) => void
}
