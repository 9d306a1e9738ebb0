import { VisuallyHidden } from '@mantine/core'
import type { Widget } from '@oneforge/client'
import { IconGripVertical } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import ReactGridLayout, { type Layout, useContainerWidth } from 'react-grid-layout'
import 'react-grid-layout/css/styles.css'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { columns, gap, inReadingOrder, rowHeight } from '../places.ts'
import { WidgetFrame } from '../WidgetFrame.tsx'
import { moved, placedBy, sized, smallest } from './arrange.ts'
import type { Arrangement } from './arrangement.ts'
import classes from './Editing.module.css'
import { WidgetTools } from './WidgetTools.tsx'

/** Which way each arrow leads. */
const steps: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** The board while it is arranged: dragged by the handle and sized at the corner, or both by the arrows on the handle. */
export function EditGrid({ widgets, figures, objects, onArrange, ...actions }: Arrangement) {
  const { t } = useTranslation('dashboards')
  const { width, containerRef, mounted } = useContainerWidth()
  const [told, setTold] = useState('')
  const hint = useId()

  function onKeyDown(event: KeyboardEvent, widget: Widget): void {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const arrange = (before: Widget[]) =>
      event.shiftKey ? sized(before, widget.key, { w: step.x, h: step.y }) : moved(before, widget.key, step)
    onArrange(arrange)
    const place = arrange(widgets).find(({ key }) => key === widget.key)?.position
    if (place) setTold(t('editor.told', { title: widget.title, ...place, x: place.x + 1, y: place.y + 1 }))
  }

  const put = (layout: Layout) => onArrange((before) => placedBy(before, layout))
  return (
    <div ref={containerRef} className={classes.grid} dir="ltr">
      <VisuallyHidden id={hint}>{t('editor.keys')}</VisuallyHidden>
      <VisuallyHidden role="status">{told}</VisuallyHidden>
      {mounted && (
        <ReactGridLayout
          width={width}
          layout={widgets.map(({ key, position }) => ({ i: key, ...position, minW: smallest.w, minH: smallest.h }))}
          gridConfig={{ cols: columns, rowHeight, margin: [gap, gap], containerPadding: [0, 0] }}
          dragConfig={{ handle: '[data-grip]' }}
          onDragStop={put}
          onResizeStop={put}
        >
          {inReadingOrder(widgets).map((widget) => (
            <div key={widget.key} data-widget={widget.key} dir={document.documentElement.dir}>
              <WidgetFrame
                widget={widget}
                answer={figures?.widgets.find(({ key }) => key === widget.key)}
                object={objects.get(widget.object ?? '')}
                range={figures?.range ?? null}
                tools={
                  <span className={classes.tools}>
                    <IconButton
                      label={t('editor.grip', { title: widget.title })}
                      size="sm"
                      className={classes.grip}
                      data-grip
                      aria-describedby={hint}
                      onKeyDown={(event) => onKeyDown(event, widget)}
                    >
                      <IconGripVertical size={16} />
                    </IconButton>
                    <WidgetTools widget={widget} {...actions} />
                  </span>
                }
              />
            </div>
          ))}
        </ReactGridLayout>
      )}
    </div>
  )
}
