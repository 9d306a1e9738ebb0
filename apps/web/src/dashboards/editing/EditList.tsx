import type { Widget } from '@oneforge/client'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { inFlow, inReadingOrder } from '../places.ts'
import type { Arrangement } from './arrangement.ts'
import classes from './Editing.module.css'
import { WidgetTools } from './WidgetTools.tsx'

/** On phones the order is all there is to arrange: one widget stands below the other. */
export function EditList({ widgets, onArrange, onEdit, onDuplicate, onRemove }: Arrangement) {
  const { t } = useTranslation('dashboards')
  const ordered = inReadingOrder(widgets)
  const move = (widget: Widget, by: -1 | 1) => {
    const at = ordered.indexOf(widget)
    const other = ordered[at + by]
    if (!other) return
    const swapped = ordered.with(at, other).with(at + by, widget)
    onArrange(() => inFlow(swapped))
  }
  return (
    <ol className={classes.list}>
      {ordered.map((widget, index) => (
        <li key={widget.key} className={classes.line}>
          <span className={classes.name}>{widget.title}</span>
          <IconButton
            label={t('editor.up', { title: widget.title })}
            disabled={index === 0}
            onClick={() => move(widget, -1)}
          >
            <IconArrowUp size={16} />
          </IconButton>
          <IconButton
            label={t('editor.down', { title: widget.title })}
            disabled={index === ordered.length - 1}
            onClick={() => move(widget, 1)}
          >
            <IconArrowDown size={16} />
          </IconButton>
          <WidgetTools widget={widget} onEdit={onEdit} onDuplicate={onDuplicate} onRemove={onRemove} />
        </li>
      ))}
    </ol>
  )
}
